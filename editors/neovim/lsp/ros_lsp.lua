-- Configuration of the server for `vim.lsp.enable('ros_lsp')` (Neovim 0.11 and newer).
-- Change it with `vim.lsp.config('ros_lsp', { … })`.

local ros_lsp = require('ros_lsp')

require('ros_lsp.missing').watch()

---@type vim.lsp.Config
return {
  cmd = { 'ros-lsp' },
  filetypes = ros_lsp.filetypes,
  -- The buffer is attached to when `on_dir` is called: at once, later, or never.
  root_dir = function(bufnr, on_dir)
    require('ros_lsp.detect').when_template(bufnr, function()
      on_dir(ros_lsp.root_dir(bufnr))
    end)
  end,
  before_init = ros_lsp.before_init,
  handlers = ros_lsp.handlers,
}
