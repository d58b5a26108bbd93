" Checks $REPORT with :make, and writes the list to $RESULT. The program is found on the path.
set encoding=utf-8 nomore
try
  execute 'edit' fnameescape($REPORT)
  let before = bufnr('$')
  compiler disclosure-lint
  if $OTHER !=# ''
    let &l:makeprg = 'disclosure-lint check -q ' . shellescape($OTHER)
  endif
  silent make
  let where = [line('.'), col('.')]
  let seen = []
  for item in filter(getqflist(), 'v:val.valid')
    let loaded = bufloaded(item.bufnr)
    call bufload(item.bufnr)
    let text = getbufline(item.bufnr, item.lnum)[0]
    call add(seen, {'line': item.lnum, 'column': item.col - 1, 'type': item.type, 'message': item.text,
    \ 'rest': strpart(text, item.col - 1), 'loaded': loaded})
  endfor
  let result = {'before': seen, 'cursor': where}
catch
  let result = {'error': v:exception . ' ' . v:throwpoint}
endtry
call writefile([json_encode(result)], $RESULT)
qall!
