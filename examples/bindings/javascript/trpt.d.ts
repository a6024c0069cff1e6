// SPDX-License-Identifier: MIT
// SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, plain JSON or gzip.

export declare const version: string;

/** Text, bytes (also a Buffer), or an ArrayBuffer. */
export type Data = string | ArrayBufferView | ArrayBuffer;

/** A count of sessions: a bigint if a number cannot hold it. */
export type Count = number | bigint;

/** Why a record or a report cannot be read. */
export declare class TrptError extends Error {
  private constructor();
  /** "TRPT_E_JSON", "TRPT_E_LIMIT", "TRPT_E_MEMORY" and so on. */
  readonly status: string;
  /** Code of the diagnostic, "json.not-json"; undefined if there is none. */
  readonly code?: string;
  /** What is wrong, in one English sentence; `message` also says where. */
  readonly sentence: string;
  /** Path of the member, "policies[0].policy"; "" for the whole. */
  readonly where: string;
  /** From 1; 0 if not known. The column counts bytes. */
  readonly line: number;
  readonly column: number;
  /** In bytes, of the JSON text or the record. */
  readonly offset: number;
  /** Errors of records: `offset` in units of JavaScript's strings. */
  readonly index?: number;
}

// ---- made by docs/generate ----

/** An element of `failure-details`. */
export interface Failure {
  event: "failure";
  /** The name as in RFC 8460, if it has the type. */
  type?: string;
  /** As written. */
  typeName?: string;
  sendingMtaIp?: string;
  receivingMxHostname?: string;
  receivingMxHelo?: string;
  receivingIp?: string;
  failedSessions?: Count;
  additionalInformation?: string;
  failureReasonCode?: string;
  /** Index of its policy, from 0. */
  policyIndex: number;
}

/** An element of `policies`. */
export interface Policy {
  event: "policy";
  /** The name as in RFC 8460, if it has the type. */
  type?: "tlsa" | "sts" | "no-policy-found";
  /** As written. */
  typeName?: string;
  domain?: string;
  strings?: string[];
  mxHosts?: string[];
  successfulSessions?: Count;
  failedSessions?: Count;
  /** Whether the object `policy` is present, even if empty. */
  hasPolicy: boolean;
  /** Whether the array `failure-details` is present, even if empty. */
  hasFailures: boolean;
  /** From 0. */
  index: number;
}

/** The top level of a report. */
export interface Metadata {
  event: "report";
  organizationName?: string;
  contactInfo?: string;
  reportId?: string;
  start?: Date;
  end?: Date;
  /** Number of diagnostics that are errors, also of those that were not stored. */
  errorCount: number;
  warningCount: number;
  infoCount: number;
}

/** A diagnostic of a record or a report. */
export interface Diagnostic {
  event: "diagnostic";
  /** Such as "report.null-member"; docs/diagnostics.md lists all. */
  code: string;
  severity: "info" | "warning" | "error";
  message: string;
  /** Section of the RFC, "RFC 8460 s4.4". */
  section: string;
  /** Path of the member, "policies[0].policy". */
  where: string;
  /** From 1; 0 if unknown. */
  line: number;
  /** From 1, in bytes; 0 if unknown. */
  column: number;
  /** Bytes from the beginning. */
  offset: number;
  /** What to do about it. */
  advice?: string;
}

/** docs/parser.md describes them. */
export type LimitName =
  | "max_depth"
  | "max_string"
  | "max_strings"
  | "max_entry"
  | "max_held"
  | "max_policies"
  | "max_diagnostics"
  | "max_ratio"
  | "max_failures"
  | "max_input"
  | "max_inflated"
  | "max_memory";

// ---- end of it ----

export interface Report extends Metadata {
  policies: (Policy & { failures: Failure[] })[];
  diagnostics: Diagnostic[];
  /** 32 hex digits that identify the content. */
  key: string;
}

export interface Options {
  /** Fail at the first diagnostic of severity error. */
  strict?: boolean;
  /** false: report no diagnostics, which is faster. */
  diagnostics?: boolean;
  /** The time, to find reports about the future. */
  now?: Date;
  /** docs/parser.md describes them. 0 is the default. */
  limits?: Partial<Record<LimitName, number>>;
}

/** Parses a complete report. Throws TrptError. */
export declare function parseReport(data: Data, options?: Options): Report;

/** Returns the line that `tlsrpt report --format json` prints, also for a report that cannot be read. */
export declare function reportJson(data: Data, source?: string, options?: Options): string;

/** Reads a report in chunks and in constant memory. The metadata come last, and only if the whole report was read. Throws TrptError. */
export declare function readEvents(
  source: AsyncIterable<Data> | Iterable<Data>,
  options?: Options,
): AsyncGenerator<Failure | Policy | Diagnostic | Metadata, void, undefined>;

/** What a report to be written needs; everything may be absent. */
export type FailureToWrite = Partial<Omit<Failure, "event" | "policyIndex">>;
export type PolicyToWrite = Partial<Omit<Policy, "event" | "index">> & { failures?: FailureToWrite[] };
export type ReportToWrite = Partial<Pick<Metadata, "organizationName" | "contactInfo" | "reportId" | "start" | "end">> & {
  policies?: PolicyToWrite[];
};

/** Returns the JSON text of a report. */
export declare function writeReport(report: ReportToWrite, options?: { pretty?: boolean }): string;

export interface Rua {
  uri: string;
  scheme: "mailto" | "https" | "other";
  usable: boolean;
  /** Of a mailto URI, still percent-encoded. */
  address?: string;
}

export interface ParsedRecord {
  ruas: Rua[];
  extensions: { name: string; value: string }[];
}

/** A diagnostic of a record. `index` is its offset in units of JavaScript's strings, to put a caret there. */
export type RecordDiagnostic = Diagnostic & { index: number };

export interface CheckedRecord extends ParsedRecord {
  /** Which senders would report. */
  verdict: "all" | "some" | "none";
  /** Why not all of them. */
  reason?: string;
  /** Why the record is invalid. */
  error?: TrptError;
  diagnostics: RecordDiagnostic[];
  /** The record that was probably meant; undefined if the text is good, or gives no idea of it. */
  suggestion?: string;
}

/** Returns all that is known about the text of one TXT record. */
export declare function checkRecord(text: string, options?: { strict?: boolean }): CheckedRecord;

/** Parses the text of one TXT record. strict: rejects everything that the grammar does not allow. Throws TrptError. */
export declare function parseRecord(text: string, options?: { strict?: boolean }): ParsedRecord;

/** Returns all diagnostics of a record, in order of offset. */
export declare function diagnoseRecord(text: string): RecordDiagnostic[];

/** Returns the record that was probably meant; undefined if the text is good, or gives no idea of it. */
export declare function suggestRecord(text: string): string | undefined;

/** Returns the record that requests reports to these URIs. Throws TrptError. */
export declare function writeRecord(uris: string[]): string;

/** Explains a result type ("certificate-expired") to the owner of the domain, and says what to do. */
export declare function describe(name?: string): string;

/** Formats Unix seconds as RFC 3339 in UTC. Throws TrptError. */
export declare function formatTime(seconds: number | bigint): string;
