// SPDX-License-Identifier: MIT
// Compiled, but not run: the types fit how the package is used.
import { checkRecord, parseReport, readEvents, reportJson, TrptError, writeReport, type Count, type Report } from "trpt";

const report: Report = parseReport(new Uint8Array(), { limits: { max_input: 1 }, now: new Date(0) });
const sessions: (Count | undefined)[] = report.policies.map((policy) => policy.failedSessions);
const text: string = writeReport(report) + writeReport({ policies: [{ type: "sts", failures: [{ failedSessions: 2n }] }] }) + reportJson("");
const carets: number[] = checkRecord("").diagnostics.map(({ index }) => index);

async function read(source: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  for await (const event of readEvents(source)) {
    if (event.event === "failure") return event.receivingMxHostname;
    if (event.event === "diagnostic") return event.advice;
  }
  // @ts-expect-error: there is no such limit
  parseReport("", { limits: { max_everything: 1 } });
  return undefined;
}

const where = (e: unknown): string => (e instanceof TrptError ? `${e.line}:${e.column} ${e.code ?? e.status}` : String(e));
export { carets, read, sessions, text, where };
