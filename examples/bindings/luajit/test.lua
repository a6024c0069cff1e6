-- SPDX-License-Identifier: MIT
-- Tests the public interface with the reports in the repository. usage: luajit test.lua REPORT...

local folder = arg[0]:match "^(.*/)" or ""
package.path = folder .. "?.lua;" .. package.path
local trpt = require "trpt"

local function read(path)
  local file = assert(io.open(path, "rb"))
  local data = file:read "*a"
  file:close()
  return data
end

local function text_of(v)
  if type(v) ~= "table" then return tostring(v) end
  local names, out = {}, {}
  for name in pairs(v) do table.insert(names, name) end
  table.sort(names, function(a, b) return tostring(a) < tostring(b) end)
  for _, name in ipairs(names) do table.insert(out, tostring(name) .. "=" .. text_of(v[name])) end
  return "{" .. table.concat(out, ",") .. "}"
end

local function same(got, want, what)
  if text_of(got) ~= text_of(want) then
    error(("%s: got %s, want %s"):format(what, text_of(got), text_of(want)), 2)
  end
end

-- Returns a source of `size` bytes at a time.
local function chunks(data, size)
  local at = 1
  return function()
    if at > #data then return nil end
    at = at + size
    return data:sub(at - size, at - 1)
  end
end

-- Builds a report from the events of a reader. It has no key, which events do not contain.
local function by_events(source)
  local reader = assert(trpt.reader(source))
  local lists = {failure = {}, policy = {}, diagnostic = {}, report = {}}
  while true do
    local event, e = reader:read()
    if e then return e end
    if not event then break end
    if event.event == "policy" then event.failures, lists.failure = lists.failure, {} end
    table.insert(lists[event.event], event)
  end
  local report = lists.report[1]
  report.policies, report.diagnostics = lists.policy, lists.diagnostic
  return report
end

local tests = {}

function tests.records()
  same(trpt.parse_record "v=TLSRPTv1; rua=mailto:a@example.com,ftp://b; x=1;", {
    ruas = {{uri = "mailto:a@example.com", scheme = "mailto", usable = true, address = "a@example.com"},
      {uri = "ftp://b", scheme = "other", usable = false}},
    extensions = {{name = "x", value = "1"}},
  }, "parts")
  local spaced = "v=TLSRPTv1; rua = mailto:a@b.example"
  local record, e = trpt.parse_record(spaced, {strict = true})
  same({record, e.status, e.code, e.where, e.offset}, {nil, "TRPT_E_RECORD", "record.ws-around-equals", "rua[0]", 15}, spaced)
  same(select(2, trpt.parse_record "").status, "TRPT_E_NOT_TLSRPT", "an empty record")
  local diagnostics = trpt.diagnose_record(spaced)
  same({#diagnostics, diagnostics[1].code, diagnostics[1].severity}, {1, "record.ws-around-equals", "error"}, "diagnostics")
  assert(diagnostics[1].advice:find "equals sign")
  for _ = 1, 2000 do assert(#trpt.diagnose_record(spaced) == 1) end -- compiled by now; callbacks are freed
  same(trpt.write_record {"mailto:a@example.com", "https://example.com/t;v=1"},
    "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t%3Bv=1", "record")
  same(select(2, trpt.write_record {}).status, "TRPT_E_ARGUMENT", "a record without URIs")
end

-- A new parser, one that has read other reports and errors, and a reader of chunks return the same.
function tests.whole_and_in_chunks()
  assert(#arg > 20)
  local parser = trpt.parser()
  for _, path in ipairs(arg) do
    local data = read(path)
    local whole, e = trpt.parse_report(data)
    local again, why = parser:parse(data)
    same(again or why, whole or e, path)
    for _, size in ipairs {1, 7, 100000} do
      local events = by_events(chunks(data, size))
      if whole then events.key = whole.key end
      same(events, whole or e, path .. " by " .. size)
    end
  end
end

function tests.written_and_read()
  for _, path in ipairs(arg) do
    local report = trpt.parse_report(read(path))
    for _, pretty in ipairs(report and {true, false} or {}) do
      local again = assert(trpt.parse_report(assert(trpt.write_report(report, {pretty = pretty}))))
      for _, name in ipairs {"diagnostics", "error_count", "warning_count", "info_count"} do again[name] = report[name] end
      -- The key covers a time that cannot be read, but the writer omits it.
      for _, diagnostic in ipairs(report.diagnostics) do
        if diagnostic.code == "report.bad-datetime" then again.key = report.key end
      end
      same(again, report, path)
    end
  end
end

function tests.made()
  local text = trpt.write_report {
    start = 1772323200,
    policies = {{type = "sts", domain = "a\255", has_policy = true, failures = {
      {type = "certificate-expired", failed_sessions = 0xffffffffffffffffULL}}}},
  }
  same(text, '{"date-range":{"start-datetime":"2026-03-01T00:00:00Z"},"policies":[{"policy":{"policy-type":"sts","policy-domain":'
    .. '"a\239\191\189"},"failure-details":[{"result-type":"certificate-expired","failed-session-count":18446744073709551615}]}]}',
    "text")
  same(trpt.parse_report(text).policies[1].failures[1].failed_sessions, 0xffffffffffffffffULL, "a count that a number cannot hold")
  assert(trpt.describe "certificate-expired":find "expired")
end

local TWO = '{"report-id":"a","policies":[]}\n{"policies":1}\n{"report-id":"c","policies":[]}'

-- Several reports in an input, of which one is bad.
function tests.sequences()
  local parser = trpt.parser {sequence = true}
  for _, case in ipairs {{TWO, "a bad c"}, {"[]", "bad"}, {"", "bad"}, {"\31\139", "bad"}, {'{"report-id":"a","policies":[]}', "a"}} do
    local reports, errors, n = parser:parse_all(case[1])
    local ids = {}
    for i = 1, n do ids[i] = reports[i] and reports[i].report_id or errors[i] and "bad" end
    same(table.concat(ids, " "), case[2], case[1])
  end
  local none, e = parser:parse "[]"
  same({none, e.status}, {nil, "TRPT_E_NO_REPORT"}, "no report")
  same(parser:parse(TWO).report_id, "a", "the first report")
  local reader, whole, failed = trpt.reader(chunks(TWO, 7), {sequence = true}), 0, 0
  repeat
    local event, why = reader:read()
    if event and event.event == "report" then whole = whole + 1 end
    if why then failed = failed + 1 end
  until not event and not why
  same({whole, failed}, {2, 1}, "events")
end

-- The bindings' common test compares lines and rows with what the command prints.
function tests.rows()
  local parser = trpt.parser {sequence = true}
  local table_of_rows = parser:rows("{", "x", {format = "csv", header = true})
  same((table_of_rows:gsub(",[^\n]*", "")), "kind\nerror\n", "rows")
  assert(not pcall(parser.rows, parser, TWO, "x", {format = "xml"}))
end

function tests.errors_of_reports()
  local report, e = trpt.parse_report '{\n"policies": [1, }'
  assert(not report)
  same({e.status, e.line, e.where}, {"TRPT_E_JSON", 2, "policies"}, "error")
  assert(tostring(e):find "^line 2, column %d+: policies: ")
  assert(not trpt.parse_report('{"policies":[]}', {max_input = 3}))
  assert(not trpt.parse_report('{"policies":[null]}', {strict = true}))
  assert(not pcall(trpt.parse_report, "{}", {no_such_option = 1}))
  local ok, raised = pcall(function()
    for _ in trpt.reader(chunks("{", 1)):events() do end
  end)
  assert(not ok and raised.status == "TRPT_E_TRUNCATED")
  local broken = trpt.reader(function() error "gone" end)
  local fine, why = pcall(broken.read, broken)
  assert(not fine and why:find "gone")
end

function tests.lifetimes()
  local data = trpt.write_report {organization_name = ("x"):rep(1000), policies = {{type = "sts", has_policy = true,
    domain = "example.com", failures = {{type_name = "a"}, {type_name = "b"}}}}}
  local reader, events = trpt.reader(chunks(data, 50)), {}
  for event in reader:events() do
    table.insert(events, event)
    collectgarbage()
  end
  assert(reader:read() == nil)
  reader:close()
  reader:close()
  assert(not pcall(reader.read, reader), "a closed reader raises an error")
  reader = nil
  for _ = 1, 500 do assert(trpt.reader(chunks(data, 100)):read()) end -- half a MiB each, abandoned before the end
  collectgarbage()
  collectgarbage()
  local i = 0
  for event in trpt.reader(chunks(data, 100)):events() do
    i = i + 1
    same(events[i], event, "an event after its reader")
  end
  local closing
  closing = trpt.reader(function()
    closing:close()
    return data
  end)
  assert(not pcall(closing.read, closing), "a source that closes its reader")
end

local failed = 0
for name, test in pairs(tests) do
  local ok, why = pcall(test)
  if not ok then
    print("FAILED: " .. name .. ": " .. tostring(why))
    failed = failed + 1
  end
end
if failed == 0 then print "  tests passed" end
os.exit(failed == 0)
