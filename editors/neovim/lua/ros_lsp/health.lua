-- `:checkhealth ros_lsp`

local M = {}

-- Names of Neovim 0.10; 0.9 has the older ones.
local start = vim.health.start or vim.health.report_start
local ok = vim.health.ok or vim.health.report_ok
local warn = vim.health.warn or vim.health.report_warn
local fail = vim.health.error or vim.health.report_error
local info = vim.health.info or vim.health.report_info

local function configured_command()
  local config = vim.lsp.config and vim.lsp.config.ros_lsp or require('ros_lsp').started_with
  local cmd = config and config.cmd
  return type(cmd) == 'table' and cmd[1] or 'ros-lsp'
end

local function clients(filter)
  return (vim.lsp.get_clients or vim.lsp.get_active_clients)(filter)
end

local function check_neovim()
  local version = vim.version()
  local text = ('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch)
  if vim.fn.has('nvim-0.11') == 1 then
    ok(text .. ": `vim.lsp.enable('ros_lsp')`")
  elseif vim.fn.has('nvim-0.9') == 1 then
    ok(text .. ": `require('ros_lsp').setup()`")
  else
    fail(text .. ' is too old', { 'Install Neovim 0.9 or newer; 0.11 or newer is best' })
  end
end

local function check_server()
  local command = configured_command()
  if vim.fn.executable(command) == 0 then
    local set = vim.lsp.enable and "vim.lsp.config('ros_lsp', " or "require('ros_lsp').setup("
    fail(('`%s` is not executable'):format(command), {
      'Install ros-lsp into a folder on the PATH that Neovim has, and start Neovim again; PATH is ' .. vim.env.PATH,
      ("or name it: `%s{ cmd = { '/path/to/ros-lsp' } })`"):format(set),
    })
    return
  end
  local version = vim.trim(vim.fn.system({ command, '--version' }))
  if vim.v.shell_error == 0 and version:find('^ros%-lsp ') then
    ok(('%s (%s)'):format(version, vim.fn.exepath(command)))
  else
    fail(('`%s --version` does not answer as ros-lsp does'):format(command), { version })
  end
end

local function check_enabled()
  if vim.lsp.is_enabled and not vim.lsp.is_enabled('ros_lsp') then
    warn('not enabled', { "Put `vim.lsp.enable('ros_lsp')` in your init.lua" })
  elseif not vim.lsp.enable and not require('ros_lsp').started_with then
    warn('not set up', { "Put `require('ros_lsp').setup()` in your init.lua" })
  end
end

local function check_buffers()
  local detect = require('ros_lsp.detect')
  local seen = false
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    local is_known = vim.tbl_contains(require('ros_lsp').filetypes, vim.bo[bufnr].filetype)
    if vim.api.nvim_buf_is_loaded(bufnr) and is_known then
      seen = true
      local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':~:.')
      local is_attached = #clients({ bufnr = bufnr, name = 'ros_lsp' }) > 0
      if is_attached then
        ok(('%s: attached'):format(name))
      elseif detect.is_template(bufnr) then
        local log = require('vim.lsp.log').get_filename()
        warn(('%s: a ROS template without server'):format(name), { 'Reopen it with `:edit`; the log is ' .. log })
      else
        info(('%s: no ROS template'):format(name))
      end
    end
  end
  if not seen then
    info('no YAML or JSON file is open')
  end
end

function M.check()
  start('Neovim')
  check_neovim()
  start('Server')
  check_server()
  check_enabled()
  start('Buffers')
  check_buffers()
end

return M
