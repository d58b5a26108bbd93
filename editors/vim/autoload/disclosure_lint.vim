" Columns. The program counts characters; Vim counts bytes (%c) or cells of the screen (%v), so that no errorformat reads
" them rightly in Chinese text.

" Returns the column in bytes of a column in characters, both from 1. The text is as Vim has it, whatever the encoding
" of the file.
function! disclosure_lint#column(text, column) abort
  let l:bytes = byteidxcomp(a:text, a:column - 1)
  return (l:bytes < 0 ? strlen(a:text) : l:bytes) + 1
endfunction

" Returns entries of a quickfix list with their columns in bytes.
function! disclosure_lint#converted(entries) abort
  let l:texts = {}
  for l:entry in a:entries
    if l:entry.valid && l:entry.bufnr > 0 && l:entry.col > 0 && !l:entry.vcol
      if !has_key(l:texts, l:entry.bufnr)
        let l:texts[l:entry.bufnr] = s:lines(l:entry.bufnr)
      endif
      let l:text = get(l:texts[l:entry.bufnr], l:entry.lnum - 1, '')
      let l:entry.col = disclosure_lint#column(l:text, l:entry.col)
    endif
  endfor
  return a:entries
endfunction

" Mends the list that :make or :lmake has made, if it was ours.
function! disclosure_lint#made(kind) abort
  if get(b:, 'current_compiler', get(g:, 'current_compiler', '')) !=# 'disclosure-lint'
    return
  endif
  if a:kind ==# 'location'
    call setloclist(0, [], 'r', {'items': disclosure_lint#converted(getloclist(0))})
  else
    call setqflist([], 'r', {'items': disclosure_lint#converted(getqflist())})
  endif
endfunction

" Returns the lines of a buffer; one that is not open is as it was afterwards.
function! s:lines(buffer) abort
  if bufloaded(a:buffer)
    return getbufline(a:buffer, 1, '$')
  endif
  noautocmd call bufload(a:buffer)
  let l:lines = getbufline(a:buffer, 1, '$')
  execute 'noautocmd bunload' a:buffer
  return l:lines
endfunction

" Makes ALE check files of a type.
function! disclosure_lint#define(filetype) abort
  call ale#linter#Define(a:filetype, {
  \ 'name': 'disclosure_lint',
  \ 'executable': {buffer -> ale#Var(buffer, 'disclosure_lint_executable')},
  \ 'command': {buffer -> '%e check --only-reports --format json --stdin-filename %s '
  \   . ale#Var(buffer, 'disclosure_lint_options') . ' -'},
  \ 'callback': 'disclosure_lint#problems',
  \})
endfunction

" Returns what the program found as ALE wants it.
function! disclosure_lint#problems(buffer, output) abort
  try
    let l:found = json_decode(join(a:output, "\n")).diagnostics
  catch /^Vim\%((\a\+)\)\=:E/
    " An error, say in the configuration: :ALEInfo shows it.
    return []
  endtry
  return map(l:found, {_, one -> s:problem(a:buffer, one)})
endfunction

let s:severities = {'error': 'E', 'warning': 'W', 'info': 'I'}

function! s:problem(buffer, diagnostic) abort
  let [l:start, l:end] = [a:diagnostic.range.start, a:diagnostic.range.end]
  let l:first = get(getbufline(a:buffer, l:start.line), 0, '')
  let l:last = get(getbufline(a:buffer, l:end.line), 0, '')
  let l:problem = {
  \ 'lnum': l:start.line,
  \ 'col': disclosure_lint#column(l:first, l:start.column),
  \ 'code': a:diagnostic.code,
  \ 'type': s:severities[a:diagnostic.severity],
  \ 'text': a:diagnostic.message,
  \}
  if l:start != l:end
    " ALE counts the last byte in.
    call extend(l:problem, {'end_lnum': l:end.line, 'end_col': disclosure_lint#column(l:last, l:end.column) - 1})
  endif
  return l:problem
endfunction
