-- For Neovim 0.11 and newer: `vim.lsp.enable('disclosure_lint')`, and `vim.lsp.config('disclosure_lint', {…})` to change it.
local own = require('disclosure_lint')

return {
  cmd = own.options.cmd,
  filetypes = own.options.filetypes,
  get_language_id = own.language_id,
  root_dir = function(buffer, on_dir)
    if own.concerns(buffer) then
      on_dir(own.root(vim.api.nvim_buf_get_name(buffer)))
    end
  end,
}
