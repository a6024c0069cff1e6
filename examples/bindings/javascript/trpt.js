// SPDX-License-Identifier: MIT
// SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, plain JSON or gzip, read and written by libtrpt in WebAssembly.
//
// Returned values are plain objects. Absent members are undefined. Bytes that are not UTF-8 become U+FFFD. Counts are numbers, or BigInts if
// a number cannot hold them. Times are Dates. trpt.d.ts describes all of it.
import { TrptError, bytesOf, eventLists, withCore } from "./core.js";

export { TrptError };

export const version = withCore((core) => core.text(core.exports.version()));

// ---- names ----

const POLICY_TYPE = 0, RESULT_TYPE = 1, DESCRIPTION = 2, ADVICE = 3; // as in core.c
const END = 1;

const lookUp = (what, name) =>
  withCore((core) => {
    const status = core.exports.look_up(what, core.putText(name));
    return status === END ? undefined : core.text(status);
  });

// Asks once for each name. Reports may invent any number of names, so not all are stored.
function remembered(what) {
  const known = new Map();
  return (name) => {
    if (name === undefined) return undefined;
    let value = known.get(name);
    if (value === undefined && !known.has(name)) {
      value = lookUp(what, name);
      if (known.size < 1000) known.set(name, value);
    }
    return value;
  };
}

const policyType = remembered(POLICY_TYPE), resultType = remembered(RESULT_TYPE), advice = remembered(ADVICE);

// Explains a result type ("certificate-expired") to the owner of the domain, and says what to do.
export const describe = (name) => lookUp(DESCRIPTION, name ?? "");

// Formats Unix seconds as RFC 3339 in UTC.
export const formatTime = (seconds) => withCore((core) => core.text(core.exports.format_time(Number(seconds))));

// ---- from JSON to objects ----

// Thrown where a number of the JSON text is larger than numbers of JavaScript can be exactly.
const INEXACT = new Error("inexact");

// JSON.parse, with texts in place of numbers of 16 digits and more if there are such counts.
function parsed(text, make) {
  try {
    return make(JSON.parse(text));
  } catch (e) {
    if (e !== INEXACT) throw e;
    return make(JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|\d{16,}/g, (part) => (part[0] === '"' ? part : `"${part}"`))));
  }
}

function count(value) {
  if (typeof value === "string") return BigInt(value) > Number.MAX_SAFE_INTEGER ? BigInt(value) : Number(value);
  if (value > Number.MAX_SAFE_INTEGER) throw INEXACT;
  return value;
}

const failureOf = (f, policyIndex) => ({
  event: "failure",
  type: resultType(f["result-type"]),
  typeName: f["result-type"],
  sendingMtaIp: f["sending-mta-ip"],
  receivingMxHostname: f["receiving-mx-hostname"],
  receivingMxHelo: f["receiving-mx-helo"],
  receivingIp: f["receiving-ip"],
  failedSessions: count(f["failed-session-count"]),
  additionalInformation: f["additional-information"],
  failureReasonCode: f["failure-reason-code"],
  policyIndex,
});

const policyOf = ({ policy, summary, "failure-details": failures }, index) => ({
  event: "policy",
  type: policyType(policy?.["policy-type"]),
  typeName: policy?.["policy-type"],
  domain: policy?.["policy-domain"],
  strings: policy?.["policy-string"],
  mxHosts: policy?.["mx-host"],
  successfulSessions: count(summary?.["total-successful-session-count"]),
  failedSessions: count(summary?.["total-failure-session-count"]),
  hasPolicy: policy !== undefined, // the object `policy` is present, even if empty
  hasFailures: failures !== undefined, // the array `failure-details` is present, even if empty
  index,
});

const wholePolicyOf = (p, index) => {
  const policy = policyOf(p, index);
  policy.failures = p["failure-details"]?.map((f) => failureOf(f, index)) ?? [];
  return policy;
};

const dateOf = (text) => (text === undefined ? undefined : new Date(text));

const reportOf = (r, counts) => ({
  event: "report",
  organizationName: r["organization-name"],
  contactInfo: r["contact-info"],
  reportId: r["report-id"],
  start: dateOf(r["date-range"]?.["start-datetime"]),
  end: dateOf(r["date-range"]?.["end-datetime"]),
  errorCount: counts[0],
  warningCount: counts[1],
  infoCount: counts[2],
});

const diagnosticOf = ({ code, severity, message, section, where, line, column, offset }) =>
  ({ event: "diagnostic", code, severity, message, section, where, line, column, offset, advice: advice(code) });

// ---- reports ----

// Parses a complete report in memory. The object has the top-level members, `policies` (each with its `failures`), `diagnostics` and `key`.
// trpt.d.ts describes the options.
export function parseReport(data, options) {
  const bytes = bytesOf(data);
  const { text, counts } = withCore((core) => ({ text: core.report(bytes, options), counts: core.counts }));
  return parsed(text, (line) => {
    if (line.error) throw new TrptError(line.error);
    const report = reportOf(line, counts);
    report.policies = line.policies.map(wholePolicyOf);
    report.diagnostics = line.diagnostics.map(diagnosticOf);
    report.key = line.report_key;
    return report;
  });
}

// Returns the line that `tlsrpt report --format json` prints, without its line end, also for a report that cannot be read. Further reports
// of the input follow, each on a line of its own. source: the name that the line has for the report.
export function reportJson(data, source, options) {
  const bytes = bytesOf(data);
  return withCore((core) => core.lines(bytes, source, options));
}

// Reads a report in chunks and in constant memory. `source` is an iterable of Uint8Arrays or texts, async or not, such as a stream. Events
// are objects whose `event` is "failure", "policy", "diagnostic" or "report". A "report" is the last event, and comes only if the whole report
// was read. Throws TrptError.
export async function* readEvents(source, options) {
  for await (const { text, counts } of eventLists(source, options)) {
    for (const event of parsed(text, (list) => list.map((one) => eventOf(one, counts)))) {
      if (event instanceof TrptError) throw event;
      yield event;
    }
  }
}

function eventOf([name, index, value], counts) {
  switch (name) {
    case "failure": return failureOf(value.policies[0]["failure-details"][0], index);
    case "policy": return policyOf(value.policies[0], index);
    case "diagnostic": return diagnosticOf(value);
    case "report": return reportOf(value, counts);
    default: return new TrptError(value);
  }
}

// JSON.stringify, which also writes BigInts. Undefined members are left out.
function stringify(value) {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(stringify).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value).filter(([, v]) => v !== undefined).map(([name, v]) => `${JSON.stringify(name)}:${stringify(v)}`).join(",")}}`;
}

const unlessEmpty = (members) => (Object.values(members).some((member) => member !== undefined) ? members : undefined);
const timeOf = (date) => date && formatTime(Math.floor(date.getTime() / 1000));

const jsonOfFailure = (f) => ({
  "result-type": f.typeName ?? f.type, "sending-mta-ip": f.sendingMtaIp, "receiving-mx-hostname": f.receivingMxHostname,
  "receiving-mx-helo": f.receivingMxHelo, "receiving-ip": f.receivingIp, "failed-session-count": f.failedSessions,
  "additional-information": f.additionalInformation, "failure-reason-code": f.failureReasonCode,
});

const jsonOfPolicy = (p) => ({
  policy: unlessEmpty({ "policy-type": p.typeName ?? p.type, "policy-string": p.strings, "policy-domain": p.domain, "mx-host": p.mxHosts }) ??
    (p.hasPolicy ? {} : undefined),
  summary: unlessEmpty({ "total-successful-session-count": p.successfulSessions, "total-failure-session-count": p.failedSessions }),
  "failure-details": p.hasFailures || p.failures?.length ? (p.failures ?? []).map(jsonOfFailure) : undefined,
});

// Returns the JSON text of a report from parseReport, or of one made by hand. pretty: with line breaks and indentation.
export function writeReport(report, { pretty = false } = {}) {
  const PRETTY = 1;
  const text = stringify({
    "organization-name": report.organizationName,
    "date-range": unlessEmpty({ "start-datetime": timeOf(report.start), "end-datetime": timeOf(report.end) }),
    "contact-info": report.contactInfo, "report-id": report.reportId, policies: (report.policies ?? []).map(jsonOfPolicy),
  });
  return withCore((core) => core.text(core.exports.rewrite(core.putText(text), pretty ? PRETTY : 0)));
}

// ---- records ----

// Offsets of the library count bytes of UTF-8. Returns a function that sets `index`, which counts as JavaScript does, to put a caret below
// the text. It reads the text once as long as offsets ascend.
function indexer(bytes) {
  let at = 0, index = 0;
  return (about) => {
    if (about.offset < at) at = index = 0;
    for (; at < about.offset; at++) index += (bytes[at] & 0xc0) === 0x80 ? 0 : bytes[at] < 0xf0 ? 1 : 2;
    about.index = index;
    return about;
  };
}

// Returns all that is known about the text of one TXT record: its `verdict`, which senders would report ("all", "some" or "none"), and the
// `reason` if not all of them would; its `ruas` and `extensions`, or the `error` that makes it invalid; its `diagnostics`; and the
// `suggestion`, the record that was probably meant. strict: an error for everything that the grammar does not allow.
export function checkRecord(text, { strict = false } = {}) {
  const STRICT = 1;
  const bytes = bytesOf(text);
  const line = withCore((core) => core.text(core.exports.record(core.put(bytes), strict ? STRICT : 0)));
  const { error, diagnostics, ...record } = JSON.parse(line);
  const indexed = indexer(bytes);
  return { ...record, error: error && indexed(new TrptError(error)), diagnostics: diagnostics.map((d) => indexed(diagnosticOf(d))) };
}

// Parses the text of one TXT record, or throws TrptError.
export function parseRecord(text, options) {
  const { error, ruas, extensions } = checkRecord(text, options);
  if (error) throw error;
  return { ruas, extensions };
}

// Returns all diagnostics of a record, in order of offset. The record may be valid or invalid.
export const diagnoseRecord = (text) => checkRecord(text).diagnostics;

// Returns the record that was probably meant, or undefined if the text gives no idea of it.
export const suggestRecord = (text) => checkRecord(text).suggestion;

// Returns the record that requests reports to these URIs.
export const writeRecord = (uris) =>
  withCore((core) => core.text(core.exports.write_record(core.putText(uris.map((uri) => uri + "\0").join("")), uris.length)));
