-- Drives a second Neovim with the plugin by keys, as a user does, and looks at what is there afterwards.
-- Usage: nvim -l test.lua NVIM SERVER WORKSPACE; the workspace has the templates and `other.yaml`, which is none.

local nvim, server, workspace = arg[1], arg[2], arg[3]
local plugin = vim.fs.dirname(vim.fs.dirname(vim.fs.normalize(arg[0])))
local patience = tonumber(vim.env.PATIENCE) * 1000

local function start_child()
  return vim.fn.jobstart({ nvim, '--clean', '--embed', '--headless', '-n' }, { rpc = true })
end

local child = start_child()

local function lua(code, ...)
  return vim.rpcrequest(child, 'nvim_exec_lua', code, { ... })
end

local function keys(text)
  vim.rpcrequest(child, 'nvim_input', text)
end

local function report(name, passed, seen)
  io.write(passed and 'ok ' or 'not ok ', name, passed and '\n' or '  # ' .. vim.inspect(seen) .. '\n')
end

--- Waits until `look` gives `expected`, or what `expected` accepts; tells what was seen last.
local function expect(name, expected, look, milliseconds)
  local seen
  local passed = vim.wait(milliseconds or patience, function()
    seen = look()
    if type(expected) == 'function' then
      return expected(seen)
    end
    return vim.deep_equal(seen, expected)
  end, 20)
  report(name, passed, seen)
  return passed
end

local function line()
  return vim.rpcrequest(child, 'nvim_get_current_line')
end

local function mode()
  return vim.rpcrequest(child, 'nvim_get_mode').mode
end

--- Puts the cursor on the first character of the `nth` place of `text`, in normal mode.
local function go_to(text, nth)
  keys('<Esc><Esc>')
  lua([[
    vim.fn.cursor(1, 1)
    for i = 1, select(2, ...) do vim.fn.search('\\V' .. (...), i == 1 and 'cW' or 'W') end
  ]], text, nth or 1)
end

--- The text from the cursor to the end of the line.
local function text_at_cursor()
  return lua('return vim.api.nvim_get_current_line():sub(vim.fn.col("."))')
end

local function attached()
  return lua([[return #(vim.lsp.get_clients)({ bufnr = 0, name = 'ros_lsp' })]])
end

local function open(file)
  keys('<Esc><Esc>')
  lua('vim.cmd.edit({ args = { ... }, bang = true })', workspace .. '/' .. file)
end

--- `code text` of each diagnostic, where text is what its range covers.
local function diagnostics()
  return lua([[
    local found = {}
    for _, d in ipairs(vim.diagnostic.get(0)) do
      local text = vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})
      found[#found + 1] = d.code .. ' ' .. table.concat(text, '|')
    end
    return found
  ]])
end

local function floating_text()
  return lua([[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
      end
    end
  ]])
end

--- Outline entries as the location list has them, each with the text at its place.
local function outline()
  lua([[
    outline = nil
    vim.lsp.buf.document_symbol({ on_list = function(list)
      outline = {}
      for _, item in ipairs(list.items) do
        local text = vim.api.nvim_buf_get_lines(0, item.lnum - 1, item.lnum, false)[1]:sub(item.col)
        outline[#outline + 1] = item.text:gsub('^%[%a+%]%s*', '') .. ' @ ' .. text:gsub([=[['":].*]=], '')
      end
    end })
  ]])
  vim.wait(patience, function() return lua('return outline ~= nil') end, 20)
  return lua('return outline') or {}
end

--- `line text` of each reference to the name at the cursor, the text from there to the line's end.
local function references()
  lua([[
    references = nil
    vim.lsp.buf.references(nil, { on_list = function(list)
      references = vim.tbl_map(function(item)
        return item.lnum .. ' ' .. vim.fn.getline(item.lnum):sub(item.col)
      end, list.items)
    end })
  ]])
  vim.wait(patience, function() return lua('return references ~= nil') end, 20)
  return lua('return references') or {}
end

--- Types `text`, asks for completions, takes `label` from the menu with the keyboard.
local function complete(text, label)
  keys(text)
  vim.wait(200, function() return false end)
  keys('<C-x><C-o>')
  local shown = vim.wait(patience, function() return lua('return vim.fn.pumvisible() == 1') end, 20)
  if not shown then
    return
  end
  local at = lua([[
    for i, item in ipairs(vim.fn.complete_info({ 'items' }).items) do
      if item.abbr == ... or item.word == ... then return i end
    end
  ]], label)
  keys(('<C-n>'):rep(at or 0) .. '<C-y>')
  vim.wait(200, function() return false end)
end

local function check_format(format, file)
  open(file)
  expect('attach ' .. format, 1, attached, 15000)
  expect('diagnostics ' .. format, { 'ROS1005 Vcp' }, diagnostics)

  go_to('CidrBlock')
  lua('vim.lsp.buf.hover()')
  expect('hover ' .. format, function(text)
    return type(text) == 'string' and text:find('ALIYUN::ECS::VSwitch', 1, true) ~= nil
  end, floating_text)
  keys('<Esc>')

  go_to('VSwitchId')
  keys('<C-]>')
  expect('definition ' .. format, function(text) return text:find('^VSwitch"?:') ~= nil end, text_at_cursor)

  local names = { 'Parameters', 'ZoneId', 'Outputs', '交换机', '专有网络', 'Resources', 'Vpc', 'VSwitch' }
  expect('outline ' .. format, function(found)
    return vim.iter(names):all(function(name) return vim.tbl_contains(found, name .. ' @ ' .. name) end)
  end, outline)

  local name = format == 'yaml' and [[  专有网络: {Description: 专有网络 🌏, Value: !Ref Vpc}]]
    or [[    "专有网络": {"Description": "专有网络 🌏", "Value": {"Ref": "Vpc"}}]]
  go_to('Vcp')
  lua('vim.lsp.buf.code_action({ apply = true })')
  expect('fix ' .. format, name, line)

  local places = format == 'yaml' and { '8 VSwitch.VSwitchId}', '15 VSwitch:' }
    or { '8 VSwitch", "VSwitchId"]}},', '18 VSwitch": {' }
  go_to(format == 'yaml' and '  VSwitch:' or '"VSwitch": {')
  keys(format == 'yaml' and 'w' or 'l')
  expect('references ' .. format, places, references)

  lua('vim.lsp.buf.rename(...)', '子网')
  local renamed = vim.tbl_map(function(place) return (place:gsub('VSwitch', '子网', 1)) end, places)
  expect('rename ' .. format, renamed, function()
    return vim.tbl_map(function(place)
      local number = tonumber(place:match('^%d+'))
      local text = lua('return vim.fn.getline(...)', number)
      return number .. ' ' .. (text:match('子网.*') or text)
    end, places)
  end)
  keys('u')
  lua('vim.cmd("silent! undo")')

  go_to('Vcp')
  complete('cwV', 'Vpc')
  keys('<Esc>')
  expect('completion ' .. format, name, line)
  expect('mended ' .. format, {}, diagnostics)

  -- A completion of several lines in YAML, of one with brackets in JSON, in the form that the settings of the user allow.
  go_to('VSwitchName')
  complete(format == 'yaml' and 'OTa' or 'O"Ta', 'Tags')
  keys('<Esc>')
  expect('block ' .. format, function(text)
    if format == 'json' then
      return text == '        "Tags": [],'
    end
    return text == '      Tags:\n        - '
  end, function()
    return lua([[
      local last = vim.fn.search('VSwitchName', 'nW') - 1
      local first = vim.fn.search('Tags', 'bcnW')
      return table.concat(vim.api.nvim_buf_get_lines(0, first - 1, last, false), '\n')
    ]])
  end)
end

--- What the user's init.lua says, with the path of the server.
local SETUP = [[
  local plugin, server = ...
  vim.opt.runtimepath:prepend(plugin)
  vim.o.completeopt = 'menuone,noselect'
  vim.o.expandtab, vim.o.shiftwidth = true, 2
  vim.o.shortmess = vim.o.shortmess .. 'I'
  vim.cmd('filetype plugin indent on')
  if vim.lsp.enable then
    vim.lsp.config('ros_lsp', { cmd = { server } })
    vim.lsp.enable('ros_lsp')
    vim.api.nvim_create_autocmd('LspAttach', { callback = function(event)
      vim.lsp.completion.enable(true, event.data.client_id, event.buf)
    end })
  else
    require('ros_lsp').setup({ cmd = { server } })
  end
]]

lua(SETUP, plugin, server)

--- Which files count as templates, in YAML and JSON.
local function check_files()
  for _, expected in ipairs({ 'yes', 'no' }) do
    local folder = vim.fs.joinpath(vim.env.DETECTION, expected)
    for name in vim.fs.dir(folder) do
      local is_template = lua([[
        local bufnr = vim.fn.bufadd(...)
        vim.fn.bufload(bufnr)
        return require('ros_lsp.detect').is_template(bufnr)
      ]], vim.fs.joinpath(folder, name))
      report('a template or not: ' .. expected .. '/' .. name, is_template == (expected == 'yes'), is_template)
    end
  end
end

--- A file that is no template has no server until it becomes one by typing.
local function check_detection()
  open('other.yaml')
  vim.wait(300, function() return false end)
  report('no server elsewhere', attached() == 0, attached())
  keys('ggO<C-u>ROSTemplateFormatVersion: x<Esc>')
  expect('server once it is a template', 1, attached)
  report('filetype stays', lua('return vim.bo.filetype') == 'yaml', lua('return vim.bo.filetype'))
  keys('u')
end

--- Every server offers the documentation; the user is told of it once.
local function check_offer()
  lua([[
    notices = {}
    vim.notify = function(text) notices[#notices + 1] = text end
    local offer = require('ros_lsp').handlers['window/showMessageRequest']
    offer()
    offer()
  ]])
  vim.wait(200, function() return false end)
  expect('one notice of the documentation', 1, function() return lua('return #notices') end)
end

local function check_health()
  open('network.yml')
  vim.wait(patience, function() return attached() == 1 end, 20)
  lua('vim.cmd("silent checkhealth ros_lsp")')
  expect('health', function(text)
    return text:find('ros%-lsp %d') and text:find('network%.yml: attached') and not text:find('ERROR')
  end, function()
    return lua('return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\\n")')
  end)
end

--- A server that is not there is told once, in a template only, and `:checkhealth` says what to do.
local function check_missing()
  vim.rpcnotify(child, 'nvim_command', 'qa!')
  child = start_child()
  lua([[
    told = {}
    vim.notify = function(text) told[#told + 1] = text end
    vim.notify_once = vim.notify
  ]])
  lua(SETUP, plugin, '/nonexistent/ros-lsp')
  local function told()
    return table.concat(lua('return told'), '|')
  end
  open('other.yaml')
  vim.wait(300, function() return false end)
  report('a missing server is no matter elsewhere', told() == '', told())
  open('network.yml')
  expect('a missing server is told', function(text) return text:find('/nonexistent/ros-lsp', 1, true) ~= nil end, told)
  lua('vim.cmd("silent checkhealth ros_lsp")')
  expect('health of a missing server', function(text)
    return text:find('`/nonexistent/ros-lsp` is not executable', 1, true) and text:find('a ROS template without server', 1, true)
  end, function()
    return lua('return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\\n")')
  end)
end

check_format('yaml', 'network.yml')
check_format('json', 'network.json')
if not vim.env.FEATURES_ONLY then
  check_files()
  check_detection()
  check_offer()
  check_health()
  check_missing()
end

vim.rpcnotify(child, 'nvim_command', 'qa!')
os.exit(0)
