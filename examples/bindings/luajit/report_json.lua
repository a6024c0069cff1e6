-- SPDX-License-Identifier: MIT
-- Prints for each input what `tlsrpt report --format json` prints; with --rows what `tlsrpt report --format ndjson --bad-rows` prints.
-- usage: luajit report_json.lua [--rows] PATH...

package.path = (arg[0]:match "^(.*/)" or "") .. "?.lua;" .. package.path
local parser = assert(require "trpt".parser {sequence = true})
local as_rows = arg[1] == "--rows"

for i = as_rows and 2 or 1, #arg do
  local file = assert(io.open(arg[i], "rb"))
  local data = file:read "*a"
  file:close()
  if as_rows then
    io.write(assert(parser:rows(data, arg[i])))
  else
    io.write(parser:report_json(data, arg[i]), "\n")
  end
end
