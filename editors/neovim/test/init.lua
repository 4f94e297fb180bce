-- What the README tells users to write, with the server under test.
vim.opt.runtimepath:prepend(vim.env.PLUGIN)
vim.lsp.config('ros_lsp', { cmd = { vim.env.SERVER } })
vim.lsp.enable('ros_lsp')
vim.api.nvim_create_autocmd('LspAttach', {
  callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf)
  end,
})
vim.diagnostic.config({ virtual_text = true })
vim.o.completeopt = 'menuone,noselect'
vim.o.number = true
vim.o.expandtab = true
vim.o.shiftwidth = 2
