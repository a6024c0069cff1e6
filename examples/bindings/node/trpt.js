// SPDX-License-Identifier: MIT
// SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, plain JSON or gzip, read and written by libtrpt.
//
// Returned values are copies. Absent members are undefined. Bytes that are not UTF-8 become U+FFFD. Counts are numbers, or BigInts if a
// number cannot hold them. Times are Dates.
import koffi from "koffi";
import { diagnosticFn, lib, structs, writeFn } from "./native.js";

const OK = 0, END = 1, MORE = 2, E_BUFFER = -6;
const STRICT = 1, NO_DIAGNOSTICS = 4, PRETTY = 1;
const HAS = { policy: 1, strings: 4, mxHosts: 16, successfulSessions: 32, failedSessions: 64, failures: 128 };
const FAILURE_HAS_FAILED_SESSIONS = 32;
const NO_TIME = -(2n ** 63n);

export const version = lib.trpt_version();

// Why a record or a report cannot be read: status ("TRPT_E_JSON"), code of the diagnostic, sentence, where (path of the member), line,
// column, offset.
export class TrptError extends Error {
  constructor(e) {
    super([e.line ? `line ${e.line}, column ${e.column}` : "", e.where, e.message].filter(Boolean).join(": "));
    this.name = "TrptError";
    this.status = lib.trpt_status_name(e.status);
    this.code = e.code ?? undefined;
    this.sentence = e.message;
    this.where = e.where;
    this.line = e.line;
    this.column = e.column;
    this.offset = e.offset;
  }
}

function check(status) {
  if (status < 0) throw new TrptError({ status, message: lib.trpt_status_message(status), where: "", line: 0, column: 0, offset: 0 });
}

function copy(text) {
  if (text.ptr === null) return undefined;
  return text.len ? Buffer.from(koffi.view(text.ptr, Number(text.len))).toString() : "";
}

function copyList(texts, count) {
  return count ? koffi.decode(texts, structs.trpt_str, count).map(copy) : [];
}

function copyDiagnostic(d) {
  return {
    event: "finding", code: d.code, severity: lib.trpt_severity_name(d.severity), message: d.message, section: d.section, where: d.where,
    line: d.line, column: d.column, offset: d.offset, advice: lib.trpt_diagnostic_advice(d.code),
  };
}

// Provides memory that does not move while `use` runs.
function withMemory(use) {
  const all = [];
  const allocate = (size) => {
    const memory = koffi.alloc("uint8_t", size + 1); // never 0
    all.push(memory);
    return memory;
  };
  const text = (string) => {
    if (string === undefined || string === null) return { ptr: null, len: 0 };
    const bytes = Buffer.from(string);
    const ptr = allocate(bytes.length);
    Buffer.from(koffi.view(ptr, bytes.length + 1)).set(bytes);
    return { ptr, len: bytes.length };
  };
  const list = (strings) => {
    const size = koffi.sizeof(structs.trpt_str);
    const array = allocate(size * strings.length);
    strings.forEach((string, i) => koffi.encode(array, i * size, structs.trpt_str, text(string)));
    return array;
  };
  try {
    return use({ allocate, text, list });
  } finally {
    all.forEach((memory) => koffi.free(memory));
  }
}

// Returns the text that a function with the parameters `buffer, capacity, needed` writes.
function written(write) {
  const needed = [0];
  const status = write(null, 0, needed);
  if (status !== E_BUFFER) check(status);
  const buffer = Buffer.alloc(Number(needed[0]) + 1);
  check(write(buffer, buffer.length, needed));
  return buffer.toString("utf8", 0, Number(needed[0]));
}

// Exceptions must not pass through the C library. The callback stores an exception, and it is thrown after the call.
function withCallback(type, collect, call) {
  let thrown;
  const callback = koffi.register((...values) => {
    try {
      collect(...values);
      return 0;
    } catch (e) {
      thrown = e;
      return 1;
    }
  }, type);
  try {
    const status = call(callback);
    if (thrown) throw thrown;
    check(status);
  } finally {
    koffi.unregister(callback);
  }
}

// Formats Unix seconds as RFC 3339 in UTC.
export const formatTime = (seconds) => written((...out) => lib.trpt_time_format(seconds, ...out));

// Explains a result type ("certificate-expired") to the owner of the domain, and says what to do.
export const describe = (name) => lib.trpt_result_type_description(typeOf(lib.trpt_result_type_from_name, name));

function typeOf(fromName, name) {
  const bytes = Buffer.from(name ?? "");
  return bytes.length ? fromName(bytes, bytes.length) : 0;
}

// Parses the text of one TXT record. strict: rejects everything that the grammar does not allow.
export function parseRecord(text, { strict = false } = {}) {
  return withMemory((memory) => {
    const bytes = memory.text(text);
    const parsed = {}, error = {};
    if (lib.trpt_record_parse(bytes.ptr, bytes.len, strict ? STRICT : 0, parsed, error) !== OK) throw new TrptError(error);
    const record = { ruas: [], extensions: [] };
    const rua = {}, name = {}, value = {};
    for (const cursor = [0]; lib.trpt_record_next_rua(parsed, cursor, rua) === OK; )
      record.ruas.push({ uri: copy(rua.uri), scheme: lib.trpt_scheme_name(rua.scheme), usable: rua.usable !== 0, address: copy(rua.address) });
    for (const cursor = [0]; lib.trpt_record_next_extension(parsed, cursor, name, value) === OK; )
      record.extensions.push({ name: copy(name), value: copy(value) });
    return record;
  });
}

// Returns all diagnostics of a record, in order of offset. The record may be valid or invalid.
export function diagnoseRecord(text) {
  return withMemory((memory) => {
    const bytes = memory.text(text);
    const diagnostics = [];
    withCallback(diagnosticFn, (_, d) => diagnostics.push(copyDiagnostic(koffi.decode(d, structs.trpt_diagnostic))), (callback) =>
      lib.trpt_record_diagnose(bytes.ptr, bytes.len, callback, null));
    return diagnostics;
  });
}

// Returns the record that requests reports to these URIs.
export function writeRecord(uris) {
  return withMemory((memory) => {
    const list = memory.list(uris);
    return written((...out) => lib.trpt_record_write(list, uris.length, ...out));
  });
}

function copyFailure(f) {
  return {
    event: "failure",
    type: lib.trpt_result_type_name(f.type) ?? undefined,
    typeName: copy(f.type_name),
    sendingMtaIp: copy(f.sending_mta_ip),
    receivingMxHostname: copy(f.receiving_mx_hostname),
    receivingMxHelo: copy(f.receiving_mx_helo),
    receivingIp: copy(f.receiving_ip),
    failedSessions: f.present & FAILURE_HAS_FAILED_SESSIONS ? f.failed_sessions : undefined,
    additionalInformation: copy(f.additional_information),
    failureReasonCode: copy(f.failure_reason_code),
    policyIndex: f.policy_index,
  };
}

function copyPolicy(p) {
  const has = (bit) => (p.present & bit) !== 0;
  return {
    event: "policy",
    type: lib.trpt_policy_type_name(p.type) ?? undefined,
    typeName: copy(p.type_name),
    domain: copy(p.domain),
    strings: has(HAS.strings) ? copyList(p.strings, p.string_count) : undefined,
    mxHosts: has(HAS.mxHosts) ? copyList(p.mx_hosts, p.mx_host_count) : undefined,
    successfulSessions: has(HAS.successfulSessions) ? p.successful_sessions : undefined,
    failedSessions: has(HAS.failedSessions) ? p.failed_sessions : undefined,
    hasPolicy: has(HAS.policy), // the object `policy` is present, even if empty
    hasFailures: has(HAS.failures), // the array `failure-details` is present, even if empty
    index: p.index,
  };
}

const dateOf = (seconds) => (BigInt(seconds) === NO_TIME ? undefined : new Date(Number(seconds) * 1000));

function copyMetadata(m) {
  return {
    event: "report",
    organizationName: copy(m.organization_name),
    contactInfo: copy(m.contact_info),
    reportId: copy(m.report_id),
    start: dateOf(m.start),
    end: dateOf(m.end),
    errorCount: m.error_count,
    warningCount: m.warning_count,
    infoCount: m.info_count,
  };
}

const EVENTS = {
  1: (e) => copyFailure(koffi.decode(e.failure, structs.trpt_failure)),
  2: (e) => copyPolicy(koffi.decode(e.policy, structs.trpt_policy)),
  3: (e) => copyMetadata(koffi.decode(e.metadata, structs.trpt_metadata)),
  4: (e) => copyDiagnostic(koffi.decode(e.diagnostic, structs.trpt_diagnostic)),
};

const NO_OPTIONS = Object.fromEntries(Object.keys(koffi.introspect(structs.trpt_options).members).map((name) => [name, 0]));

// strict: fail at the first diagnostic of severity error. findings: false reports no diagnostics, which is faster. now: a Date. limits:
// members of trpt_options, such as { max_input: 1000000 }.
function nativeOptions({ strict = false, findings = true, now, limits = {} } = {}) {
  for (const name of Object.keys(limits)) if (!name.startsWith("max_") || !(name in NO_OPTIONS)) throw new TypeError(`no limit ${name}`);
  return {
    ...NO_OPTIONS,
    ...limits,
    struct_size: koffi.sizeof(structs.trpt_options),
    flags: (strict ? STRICT : 0) | (findings ? 0 : NO_DIAGNOSTICS),
    now: now ? Math.floor(now.getTime() / 1000) : 0,
    allocator: null,
  };
}

// Frees the parser of a generator that is abandoned before its end.
const abandoned = new FinalizationRegistry((parser) => lib.trpt_parser_free(parser));

// Reads a report in chunks and in constant memory. `source` is an iterable of Buffers, async or not, such as a stream. Events are objects
// whose `event` is "failure", "policy", "finding" or "report". A "report" is the last event, and comes only if the whole report was read.
// Throws TrptError.
export async function* readEvents(source, options) {
  const out = [null];
  check(lib.trpt_parser_new(out, nativeOptions(options)));
  const parser = out[0];
  const token = {};
  abandoned.register(token, parser, token);
  try {
    for await (const chunk of source) if (chunk.length) yield* read(parser, chunk);
    yield* read(parser, null);
  } finally {
    abandoned.unregister(token);
    lib.trpt_parser_free(parser);
  }
}

// Stands for an empty chunk, since NULL would mark the end of the input.
const EMPTY = Buffer.alloc(1);

function* read(parser, chunk) {
  const used = [0], event = [null];
  let status;
  const data = () => (chunk === null || chunk.length ? chunk : EMPTY);
  while ((status = lib.trpt_parser_read(parser, data(), chunk ? chunk.length : 0, used, event)) === OK) {
    chunk = chunk && chunk.subarray(Number(used[0]));
    const e = koffi.decode(event[0], structs.trpt_event);
    if (EVENTS[e.type]) yield EVENTS[e.type](e);
  }
  if (status !== MORE && status !== END) throw new TrptError(koffi.decode(lib.trpt_parser_error(parser), structs.trpt_error));
}

// Parses a complete report in memory. The object has the top-level members, `policies` (each with its `failures`), `findings` and `key`.
export function parseReport(data, options) {
  const out = [null], error = {};
  if (lib.trpt_report_parse(data.length ? data : EMPTY, data.length, nativeOptions(options), out, error) !== OK)
    throw new TrptError(error);
  const tree = out[0];
  const each = (count, make) => Array.from({ length: count }, (_, i) => make(i));
  try {
    return {
      ...copyMetadata(koffi.decode(lib.trpt_report_metadata(tree), structs.trpt_metadata)),
      policies: each(lib.trpt_report_policy_count(tree), (i) => ({
        ...copyPolicy(koffi.decode(lib.trpt_report_policy(tree, i), structs.trpt_policy)),
        failures: each(lib.trpt_report_failure_count(tree, i), (j) =>
          copyFailure(koffi.decode(lib.trpt_report_failure(tree, i, j), structs.trpt_failure))),
      })),
      findings: each(lib.trpt_report_diagnostic_count(tree), (i) =>
        copyDiagnostic(koffi.decode(lib.trpt_report_diagnostic(tree, i), structs.trpt_diagnostic))),
      key: written((...to) => lib.trpt_report_key(tree, ...to)),
    };
  } finally {
    lib.trpt_report_free(tree);
  }
}

const zeros = { index: 0, policy_index: 0, failure_count: 0, policy_count: 0, error_count: 0, warning_count: 0, info_count: 0, reserved: 0 };
const secondsOf = (date) => (date ? BigInt(Math.floor(date.getTime() / 1000)) : NO_TIME);

function nativePolicy(p, memory) {
  const bit = (value, flag) => (value === undefined || value === false ? 0 : flag);
  return {
    ...zeros,
    type: typeOf(lib.trpt_policy_type_from_name, p.type),
    type_name: memory.text(p.typeName),
    domain: memory.text(p.domain),
    strings: memory.list(p.strings ?? []),
    mx_hosts: memory.list(p.mxHosts ?? []),
    string_count: p.strings?.length ?? 0,
    mx_host_count: p.mxHosts?.length ?? 0,
    successful_sessions: p.successfulSessions ?? 0,
    failed_sessions: p.failedSessions ?? 0,
    present: bit(p.hasPolicy, HAS.policy) | bit(p.hasFailures, HAS.failures) | bit(p.strings, HAS.strings) |
      bit(p.mxHosts, HAS.mxHosts) | bit(p.successfulSessions, HAS.successfulSessions) | bit(p.failedSessions, HAS.failedSessions),
  };
}

function nativeFailure(f, memory) {
  return {
    ...zeros,
    type: typeOf(lib.trpt_result_type_from_name, f.type),
    present: f.failedSessions === undefined ? 0 : FAILURE_HAS_FAILED_SESSIONS,
    type_name: memory.text(f.typeName),
    sending_mta_ip: memory.text(f.sendingMtaIp),
    receiving_mx_hostname: memory.text(f.receivingMxHostname),
    receiving_mx_helo: memory.text(f.receivingMxHelo),
    receiving_ip: memory.text(f.receivingIp),
    additional_information: memory.text(f.additionalInformation),
    failure_reason_code: memory.text(f.failureReasonCode),
    failed_sessions: f.failedSessions ?? 0,
  };
}

// Returns the JSON text of a report from parseReport, or of one made by hand. pretty: with line breaks and indentation.
export function writeReport(report, { pretty = false } = {}) {
  const chunks = [];
  withMemory((memory) => {
    const size = Number(lib.trpt_writer_size());
    const writerMemory = memory.allocate(size);
    const out = [null];
    const none = memory.text(undefined);
    withCallback(writeFn, (_, data, len) => chunks.push(Buffer.from(Buffer.from(koffi.view(data, Number(len))))), (callback) => {
      check(lib.trpt_writer_init(out, writerMemory, size, pretty ? PRETTY : 0, callback, null));
      const writer = out[0];
      check(lib.trpt_writer_metadata(writer, {
        ...zeros, present: 0, start_text: none, end_text: none, organization_name: memory.text(report.organizationName),
        contact_info: memory.text(report.contactInfo), report_id: memory.text(report.reportId), start: secondsOf(report.start),
        end: secondsOf(report.end),
      }));
      for (const policy of report.policies ?? []) {
        check(lib.trpt_writer_policy(writer, nativePolicy(policy, memory)));
        for (const failure of policy.failures ?? []) check(lib.trpt_writer_failure(writer, nativeFailure(failure, memory)));
      }
      return lib.trpt_writer_end(writer);
    });
  });
  return Buffer.concat(chunks).toString();
}
