-- SPDX-License-Identifier: MIT
-- Prints for each report the line that `tlsrpt report --format json` prints, without the key. usage: luajit report_json.lua PATH...

package.path = (arg[0]:match "^(.*/)" or "") .. "?.lua;" .. package.path
local bit = require "bit"
local trpt = require "trpt"

-- Characters that are invisible, or that change how others are displayed.
local HIDDEN = {
  {0x00, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x61C, 0x61C}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F},
  {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
  {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF},
}

local function is_hidden(code)
  for _, range in ipairs(HIDDEN) do
    if code >= range[1] and code <= range[2] then return true end
  end
  return false
end

-- Returns the code and the length of the character at `i`. If it is invalid, the code is nil, and the length is that of the longest
-- prefix that could begin a character.
local function character(text, i)
  local first = text:byte(i)
  if first < 0x80 then return first, 1 end
  if first < 0xC2 or first > 0xF4 then return nil, 1 end
  local size = first < 0xE0 and 2 or first < 0xF0 and 3 or 4
  -- The second byte's range excludes overlong forms, surrogates and codes above U+10FFFF.
  local low = first == 0xE0 and 0xA0 or first == 0xF0 and 0x90 or 0x80
  local high = first == 0xED and 0x9F or first == 0xF4 and 0x8F or 0xBF
  local code = bit.band(first, bit.rshift(0x7F, size))
  for n = 1, size - 1 do
    local byte = text:byte(i + n)
    if not byte or byte < low or byte > high then return nil, n end
    code = code * 64 + bit.band(byte, 0x3F)
    low, high = 0x80, 0xBF
  end
  return code, size
end

local SHORT = {[0x22] = '"', [0x5C] = "\\", [8] = "b", [9] = "t", [10] = "n", [12] = "f", [13] = "r"}

local function quoted(text)
  local out, i = {}, 1
  while i <= #text do
    local code, size = character(text, i)
    if not code then
      table.insert(out, "\239\191\189")
    elseif SHORT[code] then
      table.insert(out, "\\" .. SHORT[code])
    elseif not is_hidden(code) then
      table.insert(out, text:sub(i, i + size - 1))
    elseif code <= 0xFFFF then
      table.insert(out, ("\\u%04x"):format(code))
    else
      table.insert(out, ("\\u%04x\\u%04x"):format(0xD7C0 + math.floor(code / 0x400), 0xDC00 + code % 0x400))
    end
    i = i + size
  end
  return '"' .. table.concat(out) .. '"'
end

local function array(elements) return "[" .. table.concat(elements, ",") .. "]" end

local function value(v)
  if type(v) == "string" then return quoted(v) end
  if type(v) == "number" then return ("%.0f"):format(v) end
  if type(v) == "cdata" then return (tostring(v):gsub("ULL$", "")) end
  local elements = {}
  for i, text in ipairs(v) do elements[i] = quoted(text) end
  return array(elements)
end

-- Takes pairs of a name and a value. Absent values are omitted.
local function members(...)
  local out = {}
  for i = 1, select("#", ...), 2 do
    local name, v = select(i, ...)
    if v ~= nil then table.insert(out, quoted(name) .. ":" .. value(v)) end
  end
  return table.concat(out, ",")
end

local function object(text) return "{" .. text .. "}" end

local function join(...)
  local out = {}
  for i = 1, select("#", ...) do
    local text = select(i, ...)
    if text and text ~= "" then table.insert(out, text) end
  end
  return table.concat(out, ",")
end

local function failure(f)
  return object(members("result-type", f.type_name, "sending-mta-ip", f.sending_mta_ip, "receiving-mx-hostname",
    f.receiving_mx_hostname, "receiving-mx-helo", f.receiving_mx_helo, "receiving-ip", f.receiving_ip, "failed-session-count",
    f.failed_sessions, "additional-information", f.additional_information, "failure-reason-code", f.failure_reason_code))
end

local function policy(p, failures)
  local inner = members("policy-type", p.type_name, "policy-string", p.strings, "policy-domain", p.domain, "mx-host", p.mx_hosts)
  local summary = members("total-successful-session-count", p.successful_sessions, "total-failure-session-count", p.failed_sessions)
  return object(join(p.has_policy and '"policy":' .. object(inner), summary ~= "" and '"summary":' .. object(summary),
    (p.has_failures or #failures > 0) and '"failure-details":' .. array(failures)))
end

local function diagnostic(f)
  return object(members("code", f.code, "severity", f.severity, "line", f.line, "column", f.column, "offset", f.offset, "where",
    f.where, "message", f.message, "section", f.section))
end

local function error_member(e)
  local is_empty = e.status == "TRPT_E_TRUNCATED" and e.offset == 0
  return '"error":' .. object(join(members("status", e.status), '"code":' .. (e.code and quoted(e.code) or "null"),
    members("line", e.line, "column", e.column, "offset", e.offset, "where", e.where, "message",
      is_empty and "The input is empty." or e.message)))
end

local function metadata(m, policies)
  local dates = members("start-datetime", m.start and trpt.format_time(m.start), "end-datetime", m["end"] and trpt.format_time(m["end"]))
  return join(members("organization-name", m.organization_name), dates ~= "" and '"date-range":' .. object(dates),
    members("contact-info", m.contact_info, "report-id", m.report_id), '"policies":' .. array(policies))
end

local function line(path)
  local file = assert(io.open(path, "rb"))
  local reader = assert(trpt.reader(file))
  local own
  local policies, failures, diagnostics = {}, {}, {}
  local event, e
  repeat
    event, e = reader:read()
    local kind = event and event.event
    if kind == "failure" then
      table.insert(failures, failure(event))
    elseif kind == "policy" then
      table.insert(policies, policy(event, failures))
      failures = {}
    elseif kind == "finding" then
      table.insert(diagnostics, diagnostic(event))
    elseif kind == "report" then
      own = metadata(event, policies)
    end
  until not event
  reader:close()
  file:close()
  return object(join(members("source", path), e and error_member(e) or own, '"diagnostics":' .. array(diagnostics)))
end

for _, path in ipairs(arg) do io.write(line(path), "\n") end
