-- Is this buffer a ROS template? The filetype stays `yaml` or `json`, so every other plugin goes on working.
--
-- The server decides by the same signs on the parsed text and stays silent elsewhere; what is found here by looking at
-- lines only spares other YAML and JSON files a server.

local M = {}

local ENDINGS = { '%.ros%.ya?ml$', '%.ros%.json$' }

-- Lua patterns for a line with the version of a template. In YAML it is a key of the top level, without indentation.
local VERSIONS = {
  '^ROSTemplateFormatVersion%s*:',
  [[^'ROSTemplateFormatVersion'%s*:]],
  '"ROSTemplateFormatVersion"%s*:',
}

-- The types of resources make a template where there is no version.
local TYPES = {
  [[Type['"]?%s*:%s*['"]?ALIYUN::%w]],
  [[Type['"]?%s*:%s*['"]?DATASOURCE::%w]],
}

-- Templates of the operation orchestration service share the vocabulary. Those inside a ROS template look the same.
local OTHER_VERSIONS = { '^FormatVersion%s*:', [["FormatVersion"%s*:%s*"OOS]] }

local function has(line, patterns)
  for _, pattern in ipairs(patterns) do
    if line:find(pattern) then
      return true
    end
  end
  return false
end

--- Whether the buffer holds a ROS template, or has the name of one (`*.ros.yml`, `*.ros.yaml`, `*.ros.json`).
function M.is_template(bufnr)
  if has(vim.api.nvim_buf_get_name(bufnr), ENDINGS) then
    return true
  end
  local has_type, is_other = false, false
  for _, line in ipairs(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)) do
    if has(line, VERSIONS) then
      return true
    end
    has_type = has_type or has(line, TYPES)
    is_other = is_other or has(line, OTHER_VERSIONS)
  end
  return has_type and not is_other
end

--- Calls `attach` once, when the buffer is a template or has become one by typing, pasting or saving under a name.
function M.when_template(bufnr, attach)
  if M.is_template(bufnr) then
    attach()
    return
  end
  local group = vim.api.nvim_create_augroup('ros_lsp.detect.' .. bufnr, { clear = true })
  local function look()
    if M.is_template(bufnr) then
      vim.api.nvim_clear_autocmds({ group = group })
      attach()
    end
  end
  vim.api.nvim_create_autocmd({ 'TextChanged', 'InsertLeave', 'BufFilePost', 'BufWritePost' }, {
    group = group,
    buffer = bufnr,
    callback = look,
  })
  -- While typing only the line of the cursor can have become a sign.
  vim.api.nvim_create_autocmd('TextChangedI', {
    group = group,
    buffer = bufnr,
    callback = function()
      local line = vim.api.nvim_get_current_line()
      if has(line, VERSIONS) or has(line, TYPES) then
        look()
      end
    end,
  })
end

return M
