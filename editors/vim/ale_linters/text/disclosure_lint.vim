" Reports as plain text, for ALE.
call ale#Set('disclosure_lint_executable', 'disclosure-lint')
call ale#Set('disclosure_lint_options', '')
call disclosure_lint#define('text')
