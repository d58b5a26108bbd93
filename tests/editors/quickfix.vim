" Checks $FILES, of which $REPORT is open, with :make, and writes the list to $RESULT. The program is found on the path.
set encoding=utf-8 fileencodings=ucs-bom,utf-8,gb18030 nomore
try
  execute 'edit' fnameescape($REPORT)
  compiler disclosure-lint
  let others = map(json_decode($FILES), 'shellescape(v:val)')
  if !empty(others)
    let &l:makeprg .= ' ' . join(others)
  endif
  silent make
  let result = {'cursor': [line('.'), col('.')], 'before': []}
  let found = filter(getqflist(), 'v:val.valid')
  let result.loaded = map(copy(found), 'bufloaded(v:val.bufnr)')
  for item in found
    call bufload(item.bufnr)
    let text = getbufline(item.bufnr, item.lnum)[0]
    call add(result.before, {'line': item.lnum, 'column': item.col - 1, 'type': item.type, 'message': item.text,
    \ 'text': strpart(text, item.col - 1)})
  endfor
catch
  let result = {'error': v:exception . ' ' . v:throwpoint}
endtry
call writefile([json_encode(result)], $RESULT)
qall!
