;;; Opens $REPORT, waits for its diagnostics, does what $MODE says, and writes what it saw to $RESULT.  -*- lexical-binding: t; -*-

(require 'json)
(require 'cl-lib)
(package-initialize) ; Eglot is a package before Emacs 29
(require 'disclosure-lint)

(defun seen ()
  (mapcar (lambda (one)
            (let* ((beg (flymake-diagnostic-beg one))
                   (said (flymake-diagnostic-text one))
                   (code (and (string-match "\\[\\([A-Z0-9]+\\)\\]:? \\(.*\\)" said) (match-string 1 said))))
              (save-excursion
                (goto-char beg)
                `((code . ,code)
                  (message . ,(match-string 2 said))
                  (line . ,(line-number-at-pos))
                  (column . ,(- beg (line-beginning-position)))
                  (type . ,(symbol-name (flymake-diagnostic-type one)))
                  (text . ,(buffer-substring-no-properties beg (flymake-diagnostic-end one)))))))
          (flymake-diagnostics)))

(defun place-of (code)
  (cl-loop for one in (flymake-diagnostics)
           when (string-search code (flymake-diagnostic-text one)) return (flymake-diagnostic-beg one)))

(defun wait (holds)
  (let ((end (+ (float-time) 30)))
    (while (not (funcall holds))
      (when (> (float-time) end) (error "The server does not answer"))
      (accept-process-output nil 0.05))))

(defun work ()
  (setq disclosure-lint-command (json-parse-string (getenv "SERVER") :array-type 'list)
        disclosure-lint-settings '(:lang "en")
        disclosure-lint-fix-on-save (equal (getenv "MODE") "save")
        make-backup-files nil
        create-lockfiles nil)
  (disclosure-lint-setup)
  (if (equal (getenv "MODE") "concerns") (concerns) (mend)))

(defun concerns ()
  "Say which files would be looked at."
  (let ((files (json-parse-string (getenv "FILES") :array-type 'list)))
    `((concerns . ,(vconcat (mapcar (lambda (file)
                                      (find-file file)
                                      (if (local-variable-p 'eglot-server-programs) t json-false))
                                    files))))))

(defun mend ()
  "Do the quick fix, or just save."
  (find-file (getenv "REPORT"))
  (run-hooks 'post-command-hook) ; there are no commands in a batch
  (wait (lambda () (place-of "DL103")))
  (let ((before (seen)) offered)
    (unless disclosure-lint-fix-on-save
      (goto-char (place-of "DL103"))
      (cl-letf (((symbol-function 'completing-read)
                 (lambda (_ items &rest _) (setq offered (mapcar #'car items)) (car offered)))
                (last-nonmenu-event 13))
        (eglot-code-actions (point) nil "quickfix" t)))
    (when disclosure-lint-fix-on-save
      (goto-char (point-max))
      (insert "\n")) ; what is unchanged is not saved
    (save-buffer)
    (wait (lambda () (not (place-of "DL103"))))
    `((before . ,(vconcat before)) (after . ,(vconcat (seen))) (offered . ,(vconcat offered)))))

(let ((value (condition-case problem (work) (error `((error . ,(error-message-string problem)))))))
  (with-temp-file (getenv "RESULT")
    (set-buffer-file-coding-system 'utf-8)
    (insert (json-encode value))))
(ignore-errors (eglot-shutdown-all))
(kill-emacs 0)
