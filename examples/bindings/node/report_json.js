// SPDX-License-Identifier: MIT
// Prints for each report the line that `tlsrpt report --format json` prints, without the key. usage: node report_json.js PATH...
import { createReadStream } from "node:fs";
import { TrptError, formatTime, readEvents } from "./trpt.js";

// Characters that are invisible, or that change how others are displayed, and those that JSON always escapes.
const HIDDEN = new RegExp(
  '["\\\\\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e' +
    "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff\\u{e0000}-\\u{e0fff}]", "gu");

const unit = (code) => "\\u" + code.toString(16).padStart(4, "0");
const SHORT = { '"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };
const escaped = (c) => SHORT[c] ?? c.split("").map((half) => unit(half.charCodeAt(0))).join("");

function value(v) {
  if (typeof v === "string") return `"${v.replace(HIDDEN, escaped)}"`;
  if (Array.isArray(v)) return `[${v.map(value).join(",")}]`;
  if (v === null || typeof v !== "object") return String(v);
  return `{${Object.entries(v).filter(([, member]) => member !== undefined).map(([name, member]) => `"${name}":${value(member)}`).join(",")}}`;
}

const unlessEmpty = (members) => (Object.values(members).some((member) => member !== undefined) ? members : undefined);
const time = (date) => date && formatTime(date.getTime() / 1000);

const failure = (f) => ({
  "result-type": f.typeName, "sending-mta-ip": f.sendingMtaIp, "receiving-mx-hostname": f.receivingMxHostname,
  "receiving-mx-helo": f.receivingMxHelo, "receiving-ip": f.receivingIp, "failed-session-count": f.failedSessions,
  "additional-information": f.additionalInformation, "failure-reason-code": f.failureReasonCode,
});

const policy = (p, failures) => ({
  policy: p.hasPolicy ? { "policy-type": p.typeName, "policy-string": p.strings, "policy-domain": p.domain, "mx-host": p.mxHosts } : undefined,
  summary: unlessEmpty({ "total-successful-session-count": p.successfulSessions, "total-failure-session-count": p.failedSessions }),
  "failure-details": p.hasFailures || failures.length ? failures : undefined,
});

const metadata = (m, policies) => ({
  "organization-name": m.organizationName,
  "date-range": unlessEmpty({ "start-datetime": time(m.start), "end-datetime": time(m.end) }),
  "contact-info": m.contactInfo, "report-id": m.reportId, policies,
});

const diagnostic = ({ code, severity, line, column, offset, where, message, section }) =>
  ({ code, severity, line, column, offset, where, message, section });

function error(e) {
  const isEmpty = e.status === "TRPT_E_TRUNCATED" && e.offset === 0;
  return { status: e.status, code: e.code ?? null, line: e.line, column: e.column, offset: e.offset, where: e.where,
    message: isEmpty ? "The input is empty." : e.sentence };
}

async function line(path) {
  const policies = [], diagnostics = [];
  let own, failures = [];
  try {
    for await (const e of readEvents(createReadStream(path))) {
      if (e.event === "failure") failures.push(failure(e));
      if (e.event === "policy") {
        policies.push(policy(e, failures));
        failures = [];
      }
      if (e.event === "finding") diagnostics.push(diagnostic(e));
      if (e.event === "report") own = metadata(e, policies);
    }
  } catch (e) {
    if (!(e instanceof TrptError)) throw e;
    own = { error: error(e) };
  }
  return value({ source: path, ...own, diagnostics });
}

for (const path of process.argv.slice(2)) process.stdout.write((await line(path)) + "\n");
