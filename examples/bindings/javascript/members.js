// SPDX-License-Identifier: MIT
// The parts of reports, made of the JSON that the library writes, and JSON made of them. Made by docs/generate.
import { adviceFor, count, dateOf, policyType, resultType, timeOf, unlessEmpty } from "./values.js";

export const failureOf = (json, policyIndex) => ({
  event: "failure",
  type: resultType(json["result-type"]),
  typeName: json["result-type"],
  sendingMtaIp: json["sending-mta-ip"],
  receivingMxHostname: json["receiving-mx-hostname"],
  receivingMxHelo: json["receiving-mx-helo"],
  receivingIp: json["receiving-ip"],
  failedSessions: count(json["failed-session-count"]),
  additionalInformation: json["additional-information"],
  failureReasonCode: json["failure-reason-code"],
  policyIndex,
});

export const policyOf = (json, index) => ({
  event: "policy",
  type: policyType(json["policy"]?.["policy-type"]),
  typeName: json["policy"]?.["policy-type"],
  domain: json["policy"]?.["policy-domain"],
  strings: json["policy"]?.["policy-string"],
  mxHosts: json["policy"]?.["mx-host"],
  successfulSessions: count(json["summary"]?.["total-successful-session-count"]),
  failedSessions: count(json["summary"]?.["total-failure-session-count"]),
  hasPolicy: json["policy"] !== undefined,
  hasFailures: json["failure-details"] !== undefined,
  index,
});

export const reportOf = (json, errorCount, warningCount, infoCount) => ({
  event: "report",
  organizationName: json["organization-name"],
  contactInfo: json["contact-info"],
  reportId: json["report-id"],
  start: dateOf(json["date-range"]?.["start-datetime"]),
  end: dateOf(json["date-range"]?.["end-datetime"]),
  errorCount,
  warningCount,
  infoCount,
});

export const diagnosticOf = (json) => ({
  event: "diagnostic",
  code: json.code,
  severity: json.severity,
  message: json.message,
  section: json.section,
  where: json.where,
  line: json.line,
  column: json.column,
  offset: json.offset,
  advice: adviceFor(json.code),
});

export const jsonOfFailure = (from) => ({
  "result-type": from.typeName ?? from.type,
  "sending-mta-ip": from.sendingMtaIp,
  "receiving-mx-hostname": from.receivingMxHostname,
  "receiving-mx-helo": from.receivingMxHelo,
  "receiving-ip": from.receivingIp,
  "failed-session-count": from.failedSessions,
  "additional-information": from.additionalInformation,
  "failure-reason-code": from.failureReasonCode,
});

export const jsonOfPolicy = (from) => ({
  "policy": unlessEmpty({
    "policy-type": from.typeName ?? from.type,
    "policy-string": from.strings,
    "policy-domain": from.domain,
    "mx-host": from.mxHosts,
  }) ?? (from.hasPolicy ? {} : undefined),
  "summary": unlessEmpty({
    "total-successful-session-count": from.successfulSessions,
    "total-failure-session-count": from.failedSessions,
  }),
  "failure-details": from.hasFailures || from.failures?.length ? (from.failures ?? []).map(jsonOfFailure) : undefined,
});

export const jsonOfReport = (from) => ({
  "organization-name": from.organizationName,
  "date-range": unlessEmpty({
    "start-datetime": timeOf(from.start),
    "end-datetime": timeOf(from.end),
  }),
  "contact-info": from.contactInfo,
  "report-id": from.reportId,
  "policies": (from.policies ?? []).map(jsonOfPolicy),
});
