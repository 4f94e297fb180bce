-- ros-lsp for Neovim: `setup` for those who like one call, and for Neovim 0.9 and 0.10, which have no `vim.lsp.enable`.

local M = {}

M.filetypes = { 'yaml', 'json', 'jsonc' }

local NAME = 'ros_lsp'

--- The folder of the repository around the file, else the file's own.
function M.root_dir(bufnr)
  local file = vim.api.nvim_buf_get_name(bufnr)
  local folder = file ~= '' and vim.fs.dirname(file) or vim.fn.getcwd()
  local git = vim.fs.find('.git', { path = folder, upward = true })[1]
  return git and vim.fs.dirname(git) or folder
end

--- Tells the server the language of the user's messages (`zh_CN.UTF-8` → `zh-CN`), which Neovim leaves out.
function M.before_init(params)
  local language = vim.v.lang:match('^(%a%a+_?%a*)')
  if language and language ~= 'C' then
    params.locale = params.locale or language:gsub('_', '-')
  end
end

--- The server's question, whether to install documentation, becomes a message: Neovim would ask at once, and take the
--- keys that are being typed for the answer. Each folder has a server of its own that asks: once is enough.
M.handlers = {
  ['window/showMessageRequest'] = function()
    vim.schedule(function()
      -- Short: what is longer than the line would have to be confirmed by a key.
      vim.notify_once('ROS: :RosInstallDocs fetches documentation for hovers', vim.log.levels.INFO)
    end)
    return vim.NIL
  end,
}

--- Lets the server fetch the official documentation of resource types.
function M.install_docs()
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)({ name = NAME })
  if clients[1] == nil then
    vim.notify('ROS: open a template first', vim.log.levels.WARN)
    return
  end
  local request = { command = 'ros.docs.install' }
  if vim.fn.has('nvim-0.11') == 1 then
    clients[1]:request('workspace/executeCommand', request)
  else
    clients[1].request('workspace/executeCommand', request)
  end
end

vim.api.nvim_create_user_command('RosInstallDocs', M.install_docs, {
  desc = 'Install the official documentation of ROS resource types',
})

--- Starts the server for ROS templates. `options` are those of `vim.lsp.start`: `cmd`, `settings`, `on_attach`,
--- `capabilities`, …
function M.setup(options)
  options = options or {}
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.config(NAME, options)
    vim.lsp.enable(NAME)
  else
    M.start_on_filetype(options)
  end
end

--- The client's capabilities, columns in bytes first: these versions miscount UTF-16 columns behind wide characters (they
--- take any byte column beyond the line's UTF-16 length for the end of the line).
local function in_bytes(capabilities)
  capabilities = vim.deepcopy(capabilities or vim.lsp.protocol.make_client_capabilities())
  capabilities.general = capabilities.general or {}
  capabilities.general.positionEncodings = { 'utf-8', 'utf-16' }
  return capabilities
end

--- Breaks the line where a completion of several lines was put into one: these versions insert line breaks as NUL.
local function break_lines()
  local text = vim.api.nvim_get_current_line()
  if not text:find('\0', 1, true) then
    return
  end
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local lines = vim.split(text, '\0', { plain = true })
  local before = vim.split(text:sub(1, column), '\0', { plain = true })
  vim.api.nvim_buf_set_lines(0, row - 1, row, false, lines)
  vim.api.nvim_win_set_cursor(0, { row + #before - 1, #before[#before] })
end

--- What `vim.lsp.enable` does, for versions without it.
function M.start_on_filetype(options)
  local config = vim.tbl_extend('keep', options, { name = NAME, cmd = { 'ros-lsp' }, before_init = M.before_init })
  config.handlers = vim.tbl_extend('keep', options.handlers or {}, M.handlers)
  config.capabilities = in_bytes(options.capabilities)
  M.started_with = config
  local filetypes = options.filetypes or M.filetypes
  local group = vim.api.nvim_create_augroup('ros_lsp', { clear = true })
  local function start(bufnr)
    require('ros_lsp.detect').when_template(bufnr, function()
      local root_dir = options.root_dir or M.root_dir(bufnr)
      vim.lsp.start(vim.tbl_extend('force', config, { root_dir = root_dir }), { bufnr = bufnr })
      vim.api.nvim_create_autocmd('CompleteDone', { group = group, buffer = bufnr, callback = break_lines })
    end)
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = filetypes,
    callback = function(event)
      start(event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.tbl_contains(filetypes, vim.bo[bufnr].filetype) then
      start(bufnr)
    end
  end
end

return M
