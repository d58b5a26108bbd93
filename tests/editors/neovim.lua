-- Opens $REPORT, waits for its diagnostics, does what $MODE says, and writes what it saw to $RESULT.
local report, result = vim.env.REPORT, vim.env.RESULT
local command = vim.fn.json_decode(vim.env.SERVER)

local function seen(buffer)
  local rows = {}
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    local code = one.code or one.user_data.lsp.code
    local text = vim.api.nvim_buf_get_text(buffer, one.lnum, one.col, one.end_lnum, one.end_col, {})
    table.insert(rows, {
      code = code,
      line = one.lnum + 1,
      column = one.col,
      text = table.concat(text, '\n'),
      message = one.message,
      severity = one.severity,
    })
  end
  return rows
end

local function codes(buffer)
  local found = {}
  for _, row in ipairs(seen(buffer)) do
    found[row.code] = row
  end
  return found
end

local function wait(holds)
  assert(vim.wait(30000, holds, 20), 'the server does not answer')
end

local function opened()
  vim.cmd('edit ' .. vim.fn.fnameescape(report))
  local buffer = vim.api.nvim_get_current_buf()
  return buffer, function()
    return codes(buffer).DL103 ~= nil
  end
end

local modes = {}

-- Does the quick fix at the finding, as a user would.
function modes.fix()
  local buffer, wrong = opened()
  wait(wrong)
  local before, offered = seen(buffer), {}
  vim.ui.select = function(actions, options, chosen)
    for _, action in ipairs(actions) do
      table.insert(offered, (options.format_item(action)))
    end
    chosen(actions[1], 1)
  end
  vim.api.nvim_win_set_cursor(0, { codes(buffer).DL103.line, codes(buffer).DL103.column })
  vim.lsp.buf.code_action()
  wait(function()
    return not wrong()
  end)
  vim.cmd('write')
  return { before = before, after = seen(buffer), offered = offered }
end

-- Just saves.
function modes.save()
  local buffer, wrong = opened()
  wait(wrong)
  local before = seen(buffer)
  vim.cmd('write')
  wait(function()
    return not wrong()
  end)
  return { before = before, after = seen(buffer) }
end

-- Starts the client with what `lsp/` says, as Neovim 0.11 does.
function modes.config()
  vim.api.nvim_clear_autocmds({ group = 'disclosure-lint' })
  local buffer, wrong = opened()
  local config = dofile(vim.api.nvim_get_runtime_file('lsp/disclosure_lint.lua', false)[1])
  local root
  config.root_dir(buffer, function(folder)
    root = folder
  end)
  vim.lsp.buf_attach_client(buffer, vim.lsp.start_client(vim.tbl_extend('force', config, { root_dir = root })))
  wait(wrong)
  return { before = seen(buffer), root = root }
end

-- Opens files, and says which the server looks at once it looks at as many as $LOOKED_AT.
function modes.concerns()
  local found = {}
  for index, path in ipairs(vim.fn.json_decode(vim.env.FILES)) do
    vim.cmd('edit ' .. vim.fn.fnameescape(path))
    found[index] = vim.api.nvim_get_current_buf()
  end
  local function looked_at(buffer)
    return require('disclosure_lint').client(buffer) ~= nil
  end
  wait(function()
    return #vim.tbl_filter(looked_at, found) >= tonumber(vim.env.LOOKED_AT)
  end)
  return { concerns = vim.tbl_map(looked_at, found) }
end

local function work()
  local mode = vim.env.MODE
  require('disclosure_lint').setup({ cmd = command, settings = { lang = 'en' }, fix_on_save = mode == 'save' })
  return modes[mode]()
end

local ok, value = xpcall(work, debug.traceback)
vim.fn.writefile({ vim.fn.json_encode(ok and value or { error = value }) }, result)
vim.cmd('qall!')
