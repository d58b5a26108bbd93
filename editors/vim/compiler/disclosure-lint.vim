" Checks the file of the buffer with :make. Needs nothing but the program `disclosure-lint`.
if exists('current_compiler')
  finish
endif
let current_compiler = 'disclosure-lint'

if exists(':CompilerSet') != 2
  command -nargs=* CompilerSet setlocal <args>
endif

CompilerSet makeprg=disclosure-lint\ check\ -q\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror\ %m,%f:%l:%c:\ %tarning\ %m,%f:%l:%c:\ %tnfo\ %m
if has('win32') && exists('+makeencoding')
  " There, programs write in the encoding of the system.
  CompilerSet makeencoding=char
endif

augroup disclosure_lint
  autocmd!
  autocmd QuickFixCmdPost make call disclosure_lint#made('quickfix')
  autocmd QuickFixCmdPost lmake call disclosure_lint#made('location')
augroup END
