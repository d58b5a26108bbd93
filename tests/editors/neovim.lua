-- Opens $REPORT, waits for its diagnostics, does the quick fix for DL103, saves, and writes what it saw to $RESULT.
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

local function work()
  require('disclosure_lint').setup({ cmd = command, settings = { lang = 'en' }, fix_on_save = vim.env.ON_SAVE == '1' })
  vim.cmd('edit ' .. vim.fn.fnameescape(report))
  local buffer = vim.api.nvim_get_current_buf()
  wait(function()
    return codes(buffer).DL103 ~= nil
  end)
  local before = seen(buffer)
  if vim.env.ON_SAVE ~= '1' then
    local offered = {}
    vim.ui.select = function(actions, options, chosen)
      for _, action in ipairs(actions) do
        table.insert(offered, (options.format_item(action)))
      end
      chosen(actions[1], 1)
    end
    vim.api.nvim_win_set_cursor(0, { codes(buffer).DL103.line, codes(buffer).DL103.column })
    vim.lsp.buf.code_action()
    wait(function()
      return codes(buffer).DL103 == nil
    end)
    vim.cmd('write')
    return { before = before, after = seen(buffer), offered = offered }
  end
  vim.cmd('write')
  wait(function()
    return codes(buffer).DL103 == nil
  end)
  return { before = before, after = seen(buffer) }
end

local ok, value = xpcall(work, debug.traceback)
vim.fn.writefile({ vim.fn.json_encode(ok and value or { error = value }) }, result)
vim.cmd('qall!')
