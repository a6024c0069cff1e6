// SPDX-License-Identifier: MIT
// Tests the public interface with the reports in the repository. TRPT_SOURCE is its root.
import assert from "node:assert/strict";
import { createReadStream, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import koffi from "koffi";
import { structs } from "./native.js";
import * as trpt from "./trpt.js";

const root = process.env.TRPT_SOURCE ?? "../../..";
const read = (path) => readFileSync(join(root, path));
const google = read("tests/data/reports/google.json");
const reports = ["tests/data/reports", "examples/reports"].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => [name, read(join(folder, name))]));

const position = (e) => ({ status: e.status, code: e.code, where: e.where, line: e.line, column: e.column, offset: e.offset });

function attempt(make) {
  try {
    return make();
  } catch (e) {
    assert.ok(e instanceof trpt.TrptError, String(e));
    return position(e);
  }
}

function* chunks(data, size) {
  for (let i = 0; i < data.length; i += size) yield data.subarray(i, i + size);
}

// Builds a report from the events of a reader. The key is a parameter, since events do not contain it.
async function byEvents(source, key) {
  const policies = [], diagnostics = [];
  let failures = [], report;
  try {
    for await (const e of trpt.readEvents(source)) {
      if (e.event === "failure") failures.push(e);
      if (e.event === "policy") policies.push({ ...e, failures });
      if (e.event === "policy") failures = [];
      if (e.event === "finding") diagnostics.push(e);
      if (e.event === "report") report = { ...e, policies, findings: diagnostics, key };
    }
  } catch (e) {
    assert.ok(e instanceof trpt.TrptError, String(e));
    return position(e);
  }
  return report;
}

test("structs match the headers", () => {
  const api = JSON.parse(read("docs/api.json"));
  for (const [name, struct] of Object.entries(structs)) {
    const declared = api.structs.find((one) => one.name === name);
    assert.equal(koffi.sizeof(struct), declared.size, name);
    assert.deepEqual(
      Object.keys(koffi.introspect(struct).members).map((member) => [member, koffi.offsetof(struct, member)]),
      declared.members.map((member) => [member.name, member.offset]), name);
  }
});

test("records", () => {
  assert.deepEqual(trpt.parseRecord("v=TLSRPTv1; rua=mailto:a@example.com,ftp://b; x=1;"), {
    ruas: [{ uri: "mailto:a@example.com", scheme: "mailto", usable: true, address: "a@example.com" },
      { uri: "ftp://b", scheme: "other", usable: false, address: undefined }],
    extensions: [{ name: "x", value: "1" }],
  });
  for (const [text, strict, status, code, where, offset] of [
    ["", false, "TRPT_E_NOT_TLSRPT", "record.bad-version", "version", 0],
    ["v=spf1", false, "TRPT_E_NOT_TLSRPT", "record.bad-version", "version", 2],
    ["v=TLSRPTv1; rua = mailto:a@b.example", true, "TRPT_E_RECORD", "record.ws-around-equals", "rua[0]", 15],
  ]) assert.throws(() => trpt.parseRecord(text, { strict }), { name: "TrptError", status, code, where, offset });
  const [diagnostic, ...others] = trpt.diagnoseRecord("v=TLSRPTv1; rua = mailto:a@b.example");
  assert.deepEqual([diagnostic.code, diagnostic.severity, others.length], ["record.ws-around-equals", "error", 0]);
  assert.match(diagnostic.advice, /equals sign/);
  assert.equal(trpt.writeRecord(["mailto:a@example.com", "https://example.com/t;v=1"]),
    "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t%3Bv=1");
  assert.throws(() => trpt.writeRecord([]), trpt.TrptError);
});

test("whole and in chunks", async () => {
  assert.ok(reports.length > 20);
  for (const [name, data] of reports) {
    const whole = attempt(() => trpt.parseReport(data));
    for (const size of [1, 7, 100000]) assert.deepEqual(await byEvents(chunks(data, size), whole.key), whole, `${name} by ${size}`);
  }
  assert.deepEqual(await byEvents(createReadStream(join(root, "tests/data/reports/google.json")), trpt.parseReport(google).key),
    trpt.parseReport(google));
});

test("written and read", () => {
  for (const [name, data] of reports) {
    const report = attempt(() => trpt.parseReport(data));
    if (!report.policies) continue;
    for (const pretty of [false, true]) {
      const again = trpt.parseReport(Buffer.from(trpt.writeReport(report, { pretty })));
      for (const about of ["findings", "errorCount", "warningCount", "infoCount"]) again[about] = report[about];
      // The key covers a time that cannot be read, but the writer omits it.
      if (report.findings.some(({ code }) => code === "report.bad-datetime")) again.key = report.key;
      assert.deepEqual(again, report, name);
    }
  }
});

test("made", () => {
  const failures = [{ type: "certificate-expired", failedSessions: 2n ** 64n - 1n }];
  const text = trpt.writeReport({ start: new Date("2026-03-01"), policies: [{ type: "sts", domain: "é", hasPolicy: true, failures }] });
  assert.equal(text, '{"date-range":{"start-datetime":"2026-03-01T00:00:00Z"},"policies":[{"policy":{"policy-type":"sts","policy-domain":"é"},' +
    '"failure-details":[{"result-type":"certificate-expired","failed-session-count":18446744073709551615}]}]}');
  assert.equal(trpt.parseReport(Buffer.from(text)).policies[0].failures[0].failedSessions, 2n ** 64n - 1n);
  assert.match(trpt.describe("certificate-expired"), /expired/);
});

test("errors of reports", async () => {
  assert.throws(() => trpt.parseReport(read("tests/data/reports/cut.json")),
    { message: "line 45, column 26: policies[0].failure-details[1]: The text is not valid JSON, or it is truncated." });
  assert.throws(() => trpt.parseReport(google, { limits: { max_input: 10 } }), trpt.TrptError);
  assert.throws(() => trpt.parseReport(google, { limits: { flags: 1 } }), TypeError);
  assert.throws(() => trpt.parseReport(Buffer.from('{"policies":[null]}'), { strict: true }), trpt.TrptError);
  assert.throws(() => trpt.parseReport(Buffer.alloc(0)), trpt.TrptError);
  const gone = (async function* () {
    throw new Error("gone");
  })();
  await assert.rejects(async () => {
    for await (const e of trpt.readEvents(gone)) assert.fail(e);
  }, /gone/);
});

test("lifetimes", async () => {
  const events = [], atOnce = [];
  const reader = trpt.readEvents(chunks(Buffer.from(google), 50));
  for await (const e of reader) {
    events.push(e);
    atOnce.push(JSON.stringify(e));
    globalThis.gc?.();
  }
  assert.deepEqual(await reader.next(), { value: undefined, done: true });
  const closed = trpt.readEvents([google]);
  await closed.next();
  await closed.return();
  assert.equal((await closed.next()).done, true, "a closed generator is done");
  for (let i = 0; i < 300; i++) await trpt.readEvents([google]).next(); // half a MiB each, abandoned before the end
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 20));
  globalThis.gc?.();
  assert.deepEqual(events.map((e) => JSON.stringify(e)), atOnce);
});
