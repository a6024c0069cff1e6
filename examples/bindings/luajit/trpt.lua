-- SPDX-License-Identifier: MIT
-- libtrpt for LuaJIT: SMTP TLS Reporting (TLS-RPT, RFC 8460), records and reports, plain JSON or gzip.
--
-- Returned values are copies. Strings have unchanged bytes, which may be invalid UTF-8. Absent members are nil. A count is a number, or
-- a uint64_t if a number cannot hold it.
--
-- A function that fails returns nil and an error: status ("TRPT_E_JSON"), code, message, where (path of the member), line, column,
-- offset. tostring turns it into a sentence. Diagnostics have code, severity ("info", "warning", "error"), message, section, where,
-- line, column, offset and advice.

local bit = require "bit"
local ffi = require "ffi"

-- The declarations are in the same folder as this file, or in this repository in the Python package.
local function declarations()
  local folder = debug.getinfo(1, "S").source:match "^@(.*/)" or ""
  local file = io.open(folder .. "cffi.h") or assert(io.open(folder .. "../python/src/trpt/cffi.h"))
  local text = file:read "*a"
  file:close()
  return text
end

ffi.cdef(declarations())
local lib = ffi.load(os.getenv "TRPT_LIBRARY" or "libtrpt.so.0")
-- Before 1.0 a minor version may change the interface.
assert(bit.rshift(lib.trpt_version_number(), 8) == bit.rshift(lib.TRPT_VERSION_NUMBER, 8),
  "libtrpt is not the version that this module requires")

local NO_TIME = -0x7fffffffffffffffLL - 1
local CHUNK = 65536

local trpt = {version = ffi.string(lib.trpt_version())}

local function has(from, flag) return bit.band(from.present, flag) ~= 0 end

local function c_string(text)
  if text ~= nil then return ffi.string(text) end
end

local function copy(text)
  if text.ptr ~= nil then return ffi.string(text.ptr, text.len) end
end

local function copy_list(texts, count)
  local list = {}
  for i = 1, count do list[i] = copy(texts[i - 1]) end
  return list
end

local function count(number)
  if number <= 0x20000000000000ULL then return tonumber(number) end
  return number
end

local function time(seconds)
  if seconds ~= NO_TIME then return tonumber(seconds) end
end

-- Returns an array of trpt_str, valid as long as the list of strings exists.
local function strings(list)
  local array = ffi.new("trpt_str[?]", #list)
  for i, text in ipairs(list) do
    array[i - 1].ptr, array[i - 1].len = text, #text
  end
  return array
end

local function set(target, text)
  if text then target.ptr, target.len = text, #text end
end

local function mark(to, flag, is_present)
  if is_present then to.present = bit.bor(to.present, flag) end
end

-- The lists that a struct points to are stored in `stored`, so that they are not collected.
-- ---- made by docs/generate ----

local function copy_failure(from)
  return {
    event = "failure",
    type = c_string(lib.trpt_result_type_name(from.type)),
    type_name = copy(from.type_name),
    sending_mta_ip = copy(from.sending_mta_ip),
    receiving_mx_hostname = copy(from.receiving_mx_hostname),
    receiving_mx_helo = copy(from.receiving_mx_helo),
    receiving_ip = copy(from.receiving_ip),
    failed_sessions = has(from, lib.TRPT_FAILURE_HAS_FAILED_SESSIONS) and count(from.failed_sessions) or nil,
    additional_information = copy(from.additional_information),
    failure_reason_code = copy(from.failure_reason_code),
    policy_index = from.policy_index,
  }
end

local function native_failure(from, stored)
  local to = ffi.new "trpt_failure"
  to.type = from.type and lib.trpt_result_type_from_name(from.type, #from.type) or 0
  set(to.type_name, from.type_name)
  set(to.sending_mta_ip, from.sending_mta_ip)
  set(to.receiving_mx_hostname, from.receiving_mx_hostname)
  set(to.receiving_mx_helo, from.receiving_mx_helo)
  set(to.receiving_ip, from.receiving_ip)
  to.failed_sessions = from.failed_sessions or 0
  mark(to, lib.TRPT_FAILURE_HAS_FAILED_SESSIONS, from.failed_sessions)
  set(to.additional_information, from.additional_information)
  set(to.failure_reason_code, from.failure_reason_code)
  return to
end

local function copy_policy(from)
  return {
    event = "policy",
    type = c_string(lib.trpt_policy_type_name(from.type)),
    type_name = copy(from.type_name),
    domain = copy(from.domain),
    strings = has(from, lib.TRPT_POLICY_HAS_STRINGS) and copy_list(from.strings, from.string_count) or nil,
    mx_hosts = has(from, lib.TRPT_POLICY_HAS_MX_HOSTS) and copy_list(from.mx_hosts, from.mx_host_count) or nil,
    successful_sessions = has(from, lib.TRPT_POLICY_HAS_SUCCESSFUL) and count(from.successful_sessions) or nil,
    failed_sessions = has(from, lib.TRPT_POLICY_HAS_FAILED) and count(from.failed_sessions) or nil,
    has_policy = has(from, lib.TRPT_POLICY_HAS_POLICY),
    has_failures = has(from, lib.TRPT_POLICY_HAS_FAILURES),
    index = from.index,
  }
end

local function native_policy(from, stored)
  local to = ffi.new "trpt_policy"
  to.type = from.type and lib.trpt_policy_type_from_name(from.type, #from.type) or 0
  set(to.type_name, from.type_name)
  set(to.domain, from.domain)
  stored.strings = strings(from.strings or {})
  to.strings, to.string_count = stored.strings, #(from.strings or {})
  mark(to, lib.TRPT_POLICY_HAS_STRINGS, from.strings)
  stored.mx_hosts = strings(from.mx_hosts or {})
  to.mx_hosts, to.mx_host_count = stored.mx_hosts, #(from.mx_hosts or {})
  mark(to, lib.TRPT_POLICY_HAS_MX_HOSTS, from.mx_hosts)
  to.successful_sessions = from.successful_sessions or 0
  mark(to, lib.TRPT_POLICY_HAS_SUCCESSFUL, from.successful_sessions)
  to.failed_sessions = from.failed_sessions or 0
  mark(to, lib.TRPT_POLICY_HAS_FAILED, from.failed_sessions)
  mark(to, lib.TRPT_POLICY_HAS_POLICY, from.has_policy)
  mark(to, lib.TRPT_POLICY_HAS_FAILURES, from.has_failures)
  return to
end

local function copy_metadata(from)
  return {
    event = "report",
    organization_name = copy(from.organization_name),
    contact_info = copy(from.contact_info),
    report_id = copy(from.report_id),
    start = time(from["start"]),
    ["end"] = time(from["end"]),
    error_count = from.error_count,
    warning_count = from.warning_count,
    info_count = from.info_count,
  }
end

local function native_metadata(from, stored)
  local to = ffi.new "trpt_metadata"
  set(to.organization_name, from.organization_name)
  set(to.contact_info, from.contact_info)
  set(to.report_id, from.report_id)
  to["start"] = from["start"] or NO_TIME
  to["end"] = from["end"] or NO_TIME
  return to
end

local function copy_diagnostic(from)
  return {
    event = "diagnostic",
    code = c_string(from.code),
    severity = c_string(lib.trpt_severity_name(from.severity)),
    message = c_string(from.message),
    section = c_string(from.section),
    where = c_string(from.where),
    line = from.line,
    column = from.column,
    offset = tonumber(from.offset),
    advice = c_string(lib.trpt_diagnostic_advice(from.code)),
  }
end

local function copy_event(e)
  if e.type == lib.TRPT_EVENT_FAILURE then return copy_failure(e.failure) end
  if e.type == lib.TRPT_EVENT_POLICY then return copy_policy(e.policy) end
  if e.type == lib.TRPT_EVENT_REPORT then return copy_metadata(e.metadata) end
  if e.type == lib.TRPT_EVENT_DIAGNOSTIC then return copy_diagnostic(e.diagnostic) end
end

-- ---- end of it ----

-- Errors.

local error_type = {}
error_type.__index = error_type

function error_type:__tostring()
  local position = self.line > 0 and ("line %d, column %d: "):format(self.line, self.column) or ""
  return position .. (self.where ~= "" and self.where .. ": " or "") .. self.message
end

local function error_of(e)
  return setmetatable({
    status = ffi.string(lib.trpt_status_name(e.status)),
    code = c_string(e.code),
    message = ffi.string(e.message),
    where = ffi.string(e.where),
    line = e.line,
    column = e.column,
    offset = tonumber(e.offset),
  }, error_type)
end

-- Returns an error without a position.
local function error_of_status(status)
  return error_of(ffi.new("trpt_error", {status = status, message = ffi.string(lib.trpt_status_message(status))}))
end

-- Returns the text that a function with the parameters `buffer, capacity, needed` writes.
local function written(write)
  local needed = ffi.new "size_t[1]"
  write(nil, 0, needed)
  local buffer = ffi.new("char[?]", needed[0] + 1)
  local status = write(buffer, needed[0] + 1, needed)
  if status ~= lib.TRPT_OK then return nil, error_of_status(status) end
  return ffi.string(buffer, needed[0])
end

-- Formats Unix seconds as RFC 3339 in UTC.
function trpt.format_time(seconds)
  return written(function(...) return lib.trpt_time_format(seconds, ...) end)
end

-- Explains a result type ("certificate-expired") to the owner of the domain, and says what to do.
function trpt.describe(name)
  return c_string(lib.trpt_result_type_description(lib.trpt_result_type_from_name(name, #name)))
end

-- Passes a C callback that calls `fn` to `call`. Not compiled, since a callback must not be invoked from compiled code.
local function with_callback(type, fn, call)
  local callback = ffi.cast(type, fn)
  local status = call(callback)
  callback:free()
  return status
end
jit.off(with_callback, true)

-- Records.

-- Returns ruas (uri, scheme, usable, address) and extensions (name, value).
-- options.strict: reject everything that the grammar does not allow.
function trpt.parse_record(text, options)
  local parsed, e = ffi.new "trpt_record", ffi.new "trpt_error"
  local flags = options and options.strict and lib.TRPT_STRICT or 0
  if lib.trpt_record_parse(text, #text, flags, parsed, e) ~= lib.TRPT_OK then return nil, error_of(e) end
  local record = {ruas = {}, extensions = {}}
  local cursor, rua = ffi.new "size_t[1]", ffi.new "trpt_rua"
  while lib.trpt_record_next_rua(parsed, cursor, rua) == lib.TRPT_OK do
    table.insert(record.ruas,
      {uri = copy(rua.uri), scheme = ffi.string(lib.trpt_scheme_name(rua.scheme)), usable = rua.usable ~= 0, address = copy(rua.address)})
  end
  cursor[0] = 0
  local name, value = ffi.new "trpt_str", ffi.new "trpt_str"
  while lib.trpt_record_next_extension(parsed, cursor, name, value) == lib.TRPT_OK do
    table.insert(record.extensions, {name = copy(name), value = copy(value)})
  end
  return record
end
jit.off(trpt.parse_record) -- compiled code might collect the text while it is still in use

-- Returns a list of diagnostics, in order of offset. The record may be valid or invalid.
function trpt.diagnose_record(text)
  local diagnostics = {}
  local status = with_callback("trpt_diagnostic_fn", function(_, d)
    table.insert(diagnostics, copy_diagnostic(d))
    return 0
  end, function(callback) return lib.trpt_record_diagnose(text, #text, callback, nil) end)
  if status ~= lib.TRPT_OK then return nil, error_of_status(status) end
  return diagnostics
end

-- Returns the record that requests reports to these URIs.
function trpt.write_record(uris)
  local texts = strings(uris)
  return written(function(...) return lib.trpt_record_write(texts, #uris, ...) end)
end

-- Reports.

local FLAGS = {strict = lib.TRPT_STRICT, no_diagnostics = lib.TRPT_NO_DIAGNOSTICS, sequence = lib.TRPT_SEQUENCE}

-- strict: fail at the first diagnostic of severity error. no_diagnostics: report none, which is faster. sequence: the input may hold
-- several reports (concatenated texts, JSON Lines, members of an array, several members of gzip). Other options, such as max_input,
-- are members of trpt_options.
local function native_options(options)
  local native = ffi.new "trpt_options"
  native.struct_size = ffi.sizeof "trpt_options"
  for name, value in pairs(options or {}) do
    if FLAGS[name] then
      native.flags = bit.bor(native.flags, value and FLAGS[name] or 0)
    else
      native[name] = value
    end
  end
  return native
end

local function new_parser(options)
  local out = ffi.new "trpt_parser *[1]"
  local status = lib.trpt_parser_new(out, native_options(options))
  if status ~= lib.TRPT_OK then return nil, error_of_status(status) end
  return ffi.gc(out[0], lib.trpt_parser_free)
end

local reader = {}
reader.__index = reader

-- Reads a report in chunks and in constant memory. `source` is a file, or a function that returns strings and finally nil.
function trpt.reader(source, options)
  local native, e = new_parser(options)
  if not native then return nil, e end
  local more = type(source) == "function" and source or function() return source:read(CHUNK) end
  return setmetatable({parser = native, more = more, chunk = "", consumed = 0}, reader)
end

-- Returns the next event, a table whose `event` is "failure", "policy", "diagnostic" or "report". A "report" is the last event, and comes
-- only if the whole report was read. Returns nil at the end, and nil and an error on failure. With `sequence`, the events of the next
-- report follow, also after an error; the end is nil, or an error that stays.
function reader:read()
  local used, event = ffi.new "size_t[1]", ffi.new "const trpt_event *[1]"
  while true do
    if not self.parser then error("the reader is closed", 2) end -- the source may close it
    local chunk = self.chunk -- a local, so that it is not collected while in use
    local data = chunk and ffi.cast("const char *", chunk) + self.consumed
    local status = lib.trpt_parser_read(self.parser, data, chunk and #chunk - self.consumed or 0, used, event)
    self.consumed = self.consumed + tonumber(used[0])
    if status == lib.TRPT_END then return nil end
    if status == lib.TRPT_MORE then
      local next_chunk
      repeat next_chunk = self.more() until next_chunk ~= ""
      self.chunk, self.consumed = next_chunk, 0
    elseif status == lib.TRPT_OK then
      local copied = copy_event(event[0])
      if copied then return copied end -- else an event type of a later version
    else
      return nil, error_of(lib.trpt_parser_error(self.parser))
    end
  end
end

-- for event in reader:events() do: raises an error, which is the table that read() returns.
function reader:events()
  return function()
    local event, e = self:read()
    if e then error(e, 0) end
    return event
  end
end

-- Frees the parser. A reader that is never closed is freed when it is collected. Closing again has no effect.
function reader:close()
  if self.parser then lib.trpt_parser_free(ffi.gc(self.parser, nil)) end
  self.parser = nil
end

local function copy_report(tree)
  local report = copy_metadata(lib.trpt_report_metadata(tree))
  report.policies, report.diagnostics = {}, {}
  for i = 0, lib.trpt_report_policy_count(tree) - 1 do
    local policy = copy_policy(lib.trpt_report_policy(tree, i))
    policy.failures = {}
    for j = 0, lib.trpt_report_failure_count(tree, i) - 1 do
      policy.failures[j + 1] = copy_failure(lib.trpt_report_failure(tree, i, j))
    end
    report.policies[i + 1] = policy
  end
  for i = 0, lib.trpt_report_diagnostic_count(tree) - 1 do
    report.diagnostics[i + 1] = copy_diagnostic(lib.trpt_report_diagnostic(tree, i))
  end
  report.key = written(function(...) return lib.trpt_report_key(tree, ...) end)
  return report
end

local parser = {}
parser.__index = parser

-- Parses reports one after another in memory that it keeps, half a MiB.
function trpt.parser(options)
  local native, e = new_parser(options)
  return native and setmetatable({native = native}, parser), e
end

-- Returns a list with a report or nil for each report of the input, and a table with the errors by their index in the list, and the
-- length of the list.
function parser:parse_all(data)
  local reports, errors, n = {}, {}, 0
  local rest, out = ffi.new("trpt_str", data, #data), ffi.new "trpt_report *[1]"
  lib.trpt_parser_reset(self.native)
  while true do
    local status = lib.trpt_reports_next(self.native, rest, out)
    if status == lib.TRPT_END then return reports, errors, n end
    n = n + 1
    if status == lib.TRPT_OK then
      local tree = ffi.gc(out[0], lib.trpt_report_free)
      reports[n] = copy_report(tree)
      lib.trpt_report_free(ffi.gc(tree, nil))
    else
      errors[n] = error_of(lib.trpt_parser_error(self.native))
    end
  end
end
jit.off(parser.parse_all) -- compiled code might collect the data while it is still in use

-- Parses a report. It has the top-level members, `policies` (each with its `failures`), `diagnostics` and `key`. With `sequence`, returns
-- the first report.
function parser:parse(data)
  local reports, errors = self:parse_all(data)
  return reports[1], errors[1]
end

-- The same with a parser of its own.
function trpt.parse_report(data, options)
  local own, e = trpt.parser(options)
  if not own then return nil, e end
  return own:parse(data)
end

-- Passes a trpt_write_fn that collects text to `call`, and returns the text.
local function collected(call)
  local text = {}
  local status = with_callback("trpt_write_fn", function(_, data, len)
    text[#text + 1] = ffi.string(data, len)
    return 0
  end, call)
  if status ~= lib.TRPT_OK then return nil, error_of_status(status) end
  return table.concat(text)
end

local function native_source(name)
  return ffi.new("trpt_source", {struct_size = ffi.sizeof "trpt_source", name = {name, #name}})
end

-- Returns the line that `tlsrpt report --format json` prints for a report, whether it can be read or not. Further reports of the input
-- follow, each on a line of its own.
function parser:report_json(data, name)
  return collected(function(write) return lib.trpt_reports_json(self.native, data, #data, native_source(name), 0, write, nil) end)
end

local FORMATS = {ndjson = lib.TRPT_ROWS_NDJSON, csv = lib.TRPT_ROWS_CSV, tsv = lib.TRPT_ROWS_TSV}

-- Returns the rows that `tlsrpt report --bad-rows` prints: one for each policy, one for each failure, and one of kind `error` for a report
-- that cannot be read. options: format ("ndjson", "csv" or "tsv"), and header for the names of the columns in front.
function parser:rows(data, name, options)
  local size = lib.trpt_rows_size()
  local format = assert(FORMATS[options and options.format or "ndjson"], "an unknown format")
  local native = ffi.new("trpt_rows_options", {struct_size = ffi.sizeof "trpt_rows_options", format = format})
  local memory, out = ffi.new("char[?]", size), ffi.new "trpt_rows *[1]"
  return collected(function(write)
    local status = lib.trpt_rows_init(out, memory, size, native, write, nil)
    if status == lib.TRPT_OK and options and options.header then status = lib.trpt_rows_header(out[0]) end
    if status ~= lib.TRPT_OK then return status end
    return lib.trpt_rows_reports(out[0], self.native, data, #data, native_source(name))
  end)
end

-- Writing.

-- Returns the JSON text of a report from parse_report, or of one made by hand. options.pretty: with line breaks and indentation.
function trpt.write_report(report, options)
  local size = lib.trpt_writer_size()
  local memory, out, stored = ffi.new("char[?]", size), ffi.new "trpt_writer *[1]", {}
  local flags = options and options.pretty and lib.TRPT_PRETTY or 0
  return collected(function(write)
    local status = lib.trpt_writer_init(out, memory, size, flags, write, nil)
    local function add(call, part)
      if status == lib.TRPT_OK then status = call(out[0], part) end
    end
    add(lib.trpt_writer_metadata, native_metadata(report))
    for _, policy in ipairs(report.policies or {}) do
      add(lib.trpt_writer_policy, native_policy(policy, stored))
      for _, failure in ipairs(policy.failures or {}) do add(lib.trpt_writer_failure, native_failure(failure)) end
    end
    return status == lib.TRPT_OK and lib.trpt_writer_end(out[0]) or status
  end)
end
jit.off(trpt.write_report, true) -- it runs callbacks

return trpt
