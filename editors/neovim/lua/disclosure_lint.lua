-- Starts `disclosure-lint server` for reports and rule files, with nothing but what is in Neovim 0.7 and newer.
local M = {}

local NAME = 'disclosure-lint'
local FIX_ALL = 'source.fixAll.disclosure-lint'

--- What can be changed by `setup`.
M.options = {
  cmd = { 'disclosure-lint', 'server' },
  -- Of TOML files, only configurations and the files of rule packs are looked at.
  filetypes = { 'markdown', 'text', 'toml' },
  -- The section `disclosure-lint` of docs/editors.md, e.g. { lang = 'zh', profile = 'draft' }.
  settings = {},
  -- Make all safe corrections whenever a report is saved.
  fix_on_save = false,
}

local ROOT_MARKERS = { 'disclosure-lint.toml', '.git' }

--- Returns the protocol's name of a file type.
function M.language_id(_, filetype)
  return filetype == 'text' and 'plaintext' or filetype
end

--- Returns the innermost folder around a file that holds something of one of these names, or nil.
local function around(path, names)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  while true do
    for _, name in ipairs(names) do
      if (vim.uv or vim.loop).fs_stat(folder .. '/' .. name) then
        return folder
      end
    end
    local parent = vim.fn.fnamemodify(folder, ':h')
    if parent == folder then
      return nil
    end
    folder = parent
  end
end

--- Returns the folder that the server takes for the workspace: with no marker around a file, the file's own.
function M.root(path)
  return around(path, ROOT_MARKERS) or vim.fn.fnamemodify(path, ':p:h')
end

--- Returns whether a buffer may be a report, a configuration or a rule file.
function M.concerns(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if path == '' or vim.bo[buffer].buftype ~= '' then
    return false
  end
  local name = vim.fn.fnamemodify(path, ':t')
  return not name:match('%.toml$') or name == 'disclosure-lint.toml' or around(path, { 'pack.toml' }) ~= nil
end

--- Returns what `vim.lsp.start`, or in Neovim 0.7 `vim.lsp.start_client`, takes.
function M.config(root)
  return {
    name = NAME,
    cmd = M.options.cmd,
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    get_language_id = M.language_id,
    settings = { [NAME] = M.options.settings },
    -- Those that Neovim is asked for come after the first diagnostics.
    init_options = M.options.settings,
  }
end

--- Returns the client of a buffer, if there is one.
function M.client(buffer)
  local clients = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = buffer }) or vim.lsp.buf_get_clients(buffer)
  for _, client in pairs(clients) do
    if client.name == NAME then
      return client
    end
  end
end

-- Neovim 0.7 keeps no list of what runs for which folder.
local running = {}

--- Lets the server look at a buffer; one server does for all files of a folder.
function M.attach(buffer)
  if not M.concerns(buffer) then
    return
  end
  local program = M.options.cmd[1]
  if vim.fn.executable(program) == 0 then
    vim.notify_once(NAME .. ': cannot find ' .. program, vim.log.levels.WARN)
    return
  end
  local config = M.config(M.root(vim.api.nvim_buf_get_name(buffer)))
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  local id = running[config.root_dir]
  if not (id and vim.lsp.get_client_by_id(id)) then
    id = vim.lsp.start_client(config)
    running[config.root_dir] = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

--- Makes all corrections in a buffer that are safe; returns whether there were any.
function M.fix_all(buffer)
  buffer = (buffer == nil or buffer == 0) and vim.api.nvim_get_current_buf() or buffer
  local client = M.client(buffer)
  if not client then
    return false
  end
  local last = vim.api.nvim_buf_line_count(buffer)
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = { start = { line = 0, character = 0 }, ['end'] = { line = last, character = 0 } },
    context = { diagnostics = {}, only = { FIX_ALL } },
  }
  local answers = vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', params, 2000) or {}
  local answer = answers[client.id] or {}
  for _, action in ipairs(answer.result or {}) do
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding or 'utf-16')
  end
  return #(answer.result or {}) > 0
end

--- Takes options, and looks at files of these types from now on.
function M.setup(options)
  M.options = vim.tbl_deep_extend('force', M.options, options or {})
  local group = vim.api.nvim_create_augroup(NAME, { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = M.options.filetypes,
    callback = function(event)
      M.attach(event.buf)
    end,
  })
  vim.api.nvim_create_autocmd('BufWritePre', {
    group = group,
    callback = function(event)
      if M.options.fix_on_save then
        M.fix_all(event.buf)
      end
    end,
  })
  vim.api.nvim_create_user_command('DisclosureLintFixAll', function()
    M.fix_all(0)
  end, { desc = 'Fix all that is safe to fix' })
end

return M
