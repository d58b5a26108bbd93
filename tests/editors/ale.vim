" Lets ALE check $REPORT, and writes the list to $RESULT. The program is found on the path.
set encoding=utf-8 nomore nocompatible
filetype plugin on
let g:ale_linters = {'markdown': ['disclosure_lint']}
let g:ale_disclosure_lint_options = '--lang en'
let g:ale_lint_on_enter = 0
try
  if empty(globpath(&packpath, 'pack/*/opt/ale'))
    throw 'ALE is not installed'
  endif
  packadd ale
  execute 'edit' fnameescape($REPORT)
  let s:end = reltimefloat(reltime()) + 30
  ALELint
  while empty(getloclist(0)) && reltimefloat(reltime()) < s:end
    sleep 50m
  endwhile
  let seen = []
  for item in getloclist(0)
    let text = getline(item.lnum)
    let end = get(item, 'end_col', 0)
    call add(seen, {'line': item.lnum, 'column': item.col - 1, 'type': item.type, 'message': item.text,
    \ 'text': strpart(text, item.col - 1, end - item.col + 1)})
  endfor
  let result = {'before': seen}
catch
  let result = {'error': v:exception . ' ' . v:throwpoint}
endtry
call writefile([json_encode(result)], $RESULT)
qall!
