-- Tells that the program is not there: `vim.lsp.enable` passes over a configuration whose command can't be run without a
-- word, and somebody who has just installed everything sees an editor in which nothing happens.

local M = {}

local NAME = 'ros_lsp'

local told = false

local function command()
  local cmd = vim.lsp.config[NAME].cmd
  return type(cmd) == 'table' and cmd[1] or nil
end

local function look(bufnr)
  local ros_lsp = require('ros_lsp')
  if told or not vim.api.nvim_buf_is_loaded(bufnr) or not vim.tbl_contains(ros_lsp.filetypes, vim.bo[bufnr].filetype) then
    return
  end
  local program = command()
  local is_enabled = not vim.lsp.is_enabled or vim.lsp.is_enabled(NAME)
  if not is_enabled or program == nil or vim.fn.executable(program) == 1 then
    return
  end
  require('ros_lsp.detect').when_template(bufnr, function()
    if not told then
      told = true
      -- Short: what is longer than the line would have to be confirmed by a key.
      vim.notify(('ROS: no program `%s`, see :checkhealth ros_lsp'):format(program), vim.log.levels.ERROR)
    end
  end)
end

--- Looks at the buffers that are there, and at those to come.
function M.watch()
  local function later(bufnr)
    vim.schedule(function()
      look(bufnr)
    end)
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('ros_lsp.missing', { clear = true }),
    pattern = require('ros_lsp').filetypes,
    callback = function(event)
      later(event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    later(bufnr)
  end
end

return M
