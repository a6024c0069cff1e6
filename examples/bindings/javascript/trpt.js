// SPDX-License-Identifier: MIT
// SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, plain JSON or gzip, read and written by libtrpt in WebAssembly.
// trpt.d.ts describes the functions, their options, and the plain objects that they return.
import { TrptError, bytesOf, eventLists, withCore } from "./core.js";
import { diagnosticOf, failureOf, jsonOfReport, policyOf, reportOf } from "./members.js";
import { parsed, stringify } from "./values.js";

export { describe, formatTime } from "./values.js";
export { TrptError };

export const version = withCore((core) => core.text(core.exports.version()));

// ---- reports ----

const wholePolicyOf = (json, index) =>
  Object.assign(policyOf(json, index), { failures: json["failure-details"]?.map((failure) => failureOf(failure, index)) ?? [] });

export function parseReport(data, options) {
  const bytes = bytesOf(data);
  return parsed(withCore((core) => core.report(bytes, options)), ([line, ...counts]) => {
    if (line.error) throw new TrptError(line.error);
    const policies = line.policies.map(wholePolicyOf), diagnostics = line.diagnostics.map(diagnosticOf);
    return Object.assign(reportOf(line, ...counts), { policies, diagnostics, key: line.report_key });
  });
}

export function reportJson(data, source, options) {
  const bytes = bytesOf(data);
  return withCore((core) => core.lines(bytes, source, options));
}

// How each event of core.c is made.
const events = {
  failure: (json, index) => failureOf(json.policies[0]["failure-details"][0], index),
  policy: (json, index) => policyOf(json.policies[0], index),
  diagnostic: diagnosticOf,
  report: reportOf,
};

export async function* readEvents(source, options) {
  for await (const text of eventLists(source, options)) {
    let error;
    const list = parsed(text, (all) => {
      error = all.pop();
      return all.map(([name, ...about]) => events[name](...about));
    });
    for (const event of list) yield event;
    if (error) throw new TrptError(error);
  }
}

export function writeReport(report, { pretty = false } = {}) {
  return withCore((core) => core.text(core.exports.rewrite(core.putText(stringify(jsonOfReport(report))), Boolean(pretty))));
}

// ---- records ----

// Offsets of the library count bytes of UTF-8. Returns the index of each byte in a text of JavaScript, and that of the end.
function indexesOf(bytes) {
  const indexes = new Uint32Array(bytes.length + 1);
  for (let at = 0; at < bytes.length; at++)
    indexes[at + 1] = indexes[at] + ((bytes[at] & 0xc0) === 0x80 ? 0 : bytes[at] < 0xf0 ? 1 : 2);
  return indexes;
}

export function checkRecord(text, { strict = false } = {}) {
  const bytes = bytesOf(text), indexes = indexesOf(bytes);
  const { verdict, reason, rua, extensions, error, diagnostics, publish } = JSON.parse(
    withCore((core) => core.text(core.exports.record(core.put(bytes), Boolean(strict)))));
  const placed = (about) => Object.assign(about, { line: 1, column: about.offset + 1, index: indexes[about.offset] });
  return {
    verdict, reason: reason ?? undefined, ruas: rua, extensions, suggestion: publish ?? undefined,
    error: error && placed(new TrptError(error)), diagnostics: diagnostics.map((d) => placed(diagnosticOf(d))),
  };
}

export function parseRecord(text, options) {
  const { error, ruas, extensions } = checkRecord(text, options);
  if (error) throw error;
  return { ruas, extensions };
}

export const diagnoseRecord = (text) => checkRecord(text).diagnostics;

export const suggestRecord = (text) => checkRecord(text).suggestion;

export const writeRecord = (uris) =>
  withCore((core) => core.text(core.exports.write_record(core.putText(uris.map((uri) => uri + "\0").join("")), uris.length)));
