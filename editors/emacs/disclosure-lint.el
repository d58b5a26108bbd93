;;; disclosure-lint.el --- Check annual disclosure reports while they are written  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0
;; Package-Requires: ((emacs "27.1") (eglot "1.9"))

;;; Commentary:

;; Lets Eglot, which is part of Emacs 29, start `disclosure-lint server' for reports and rule files:
;;
;;   (require 'disclosure-lint)
;;   (disclosure-lint-setup)

;;; Code:

(require 'eglot)

(defgroup disclosure-lint nil
  "Checking annual disclosure reports."
  :group 'tools)

(defcustom disclosure-lint-command '("disclosure-lint" "server")
  "The program that Eglot starts, with its arguments."
  :type '(repeat string))

(defcustom disclosure-lint-settings nil
  "Settings as a property list, e.g. (:lang \"zh\" :profile \"draft\").
What is not set is left to the configuration file.
The list is in docs/editors.md."
  :type '(plist :key-type symbol :value-type sexp))

(defcustom disclosure-lint-fix-on-save nil
  "Whether to make all safe corrections before a report is saved."
  :type 'boolean)

(defconst disclosure-lint--modes
  '((markdown-mode :language-id "markdown")
    (markdown-ts-mode :language-id "markdown")
    (text-mode :language-id "plaintext")
    (conf-toml-mode :language-id "toml")
    (toml-mode :language-id "toml")
    (toml-ts-mode :language-id "toml"))
  "Modes of reports and rule files, with their names in the protocol.")

(defconst disclosure-lint--fix-all "source.fixAll.disclosure-lint")

(defun disclosure-lint--contact (&rest _)
  "Return what Eglot is to start."
  (if disclosure-lint-settings
      (append disclosure-lint-command (list :initializationOptions disclosure-lint-settings))
    disclosure-lint-command))

(defun disclosure-lint--concerned-p ()
  "Return whether the buffer may be a report, a configuration or a rule file."
  (when-let* ((name (and buffer-file-name (file-name-nondirectory buffer-file-name))))
    (or (string-match-p "\\.\\(?:md\\|markdown\\|txt\\)\\'" name)
        (equal name "disclosure-lint.toml")
        (and (string-suffix-p ".toml" name)
             (locate-dominating-file default-directory "pack.toml")))))

(defun disclosure-lint-ensure ()
  "Start checking this buffer, if it may be a report or a rule file."
  (interactive)
  (when (and (disclosure-lint--concerned-p) (executable-find (car disclosure-lint-command)))
    ;; In this buffer only: other texts and TOML files keep the server that they have.
    (setq-local eglot-server-programs
                (cons (cons disclosure-lint--modes #'disclosure-lint--contact) eglot-server-programs))
    (add-hook 'before-save-hook #'disclosure-lint--before-save nil t)
    (eglot-ensure)))

(defun disclosure-lint-fix-all ()
  "Make all corrections that are safe."
  (interactive)
  (condition-case problem
      (eglot-code-actions (point-min) (point-max) disclosure-lint--fix-all t)
    ;; That there is nothing to correct is an error to Eglot; no error must keep a report from being saved.
    (error (message "%s" (error-message-string problem)))))

(defun disclosure-lint--before-save ()
  "Make all safe corrections, if that is wanted."
  (when (and disclosure-lint-fix-on-save (eglot-current-server))
    (disclosure-lint-fix-all)))

;;;###autoload
(defun disclosure-lint-setup ()
  "Let Eglot check reports and rule files whenever they are opened."
  ;; Emacs has no mode for Markdown of its own before version 31.
  (unless (assoc-default "report.md" auto-mode-alist #'string-match-p)
    (add-to-list 'auto-mode-alist '("\\.\\(?:md\\|markdown\\)\\'" . text-mode) t))
  (dolist (mode disclosure-lint--modes)
    (add-hook (intern (format "%s-hook" (car mode))) #'disclosure-lint-ensure)))

(provide 'disclosure-lint)
;;; disclosure-lint.el ends here
