// SPDX-License-Identifier: MIT
// Tests the public interface with the reports in the repository. TRPT_SOURCE is its root.
import assert from "node:assert/strict";
import { createReadStream, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import * as trpt from "trpt";

const root = process.env.TRPT_SOURCE ?? "../../..";
const read = (path) => readFileSync(join(root, path));
const google = read("tests/data/reports/google.json");
const reports = ["tests/data/reports", "examples/reports"].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => [name, read(join(folder, name))]));

// What a call makes, or where its error is.
async function attempt(make) {
  try {
    return await make();
  } catch (e) {
    assert.ok(e instanceof trpt.TrptError, String(e));
    const { status, code, where, line, column, offset } = e;
    return { status, code, where, line, column, offset };
  }
}

function* chunks(data, size) {
  for (let i = 0; i < data.length; i += size) yield data.subarray(i, i + size);
}

// Builds a report from the events of a reader. The key is a parameter, since events do not contain it.
const byEvents = (source, key) => attempt(async () => {
  const policies = [], diagnostics = [];
  let failures = [], report;
  for await (const e of trpt.readEvents(source)) {
    if (e.event === "failure") failures.push(e);
    if (e.event === "policy") policies.push({ ...e, failures });
    if (e.event === "policy") failures = [];
    if (e.event === "diagnostic") diagnostics.push(e);
    if (e.event === "report") report = { ...e, policies, diagnostics, key };
  }
  return report;
});

test("records", () => {
  assert.deepEqual(trpt.parseRecord("v=TLSRPTv1; rua=mailto:a@example.com,ftp://b; x=1;"), {
    ruas: [{ uri: "mailto:a@example.com", scheme: "mailto", usable: true, address: "a@example.com" },
      { uri: "ftp://b", scheme: "other", usable: false }],
    extensions: [{ name: "x", value: "1" }],
  });
  assert.throws(() => trpt.parseRecord("v=TLSRPTv1; rua = mailto:a@b.example", { strict: true }),
    { name: "TrptError", status: "TRPT_E_RECORD", code: "record.ws-around-equals", where: "rua[0]", offset: 15 });
  assert.throws(() => trpt.parseRecord(""), { status: "TRPT_E_NOT_TLSRPT" });
  assert.throws(() => trpt.parseRecord(5), TypeError);
  const [diagnostic, ...others] = trpt.diagnoseRecord("v=TLSRPTv1; rua = mailto:a@b.example");
  assert.deepEqual([diagnostic.code, diagnostic.severity, others.length], ["record.ws-around-equals", "error", 0]);
  assert.match(diagnostic.advice, /equals sign/);
  assert.equal(trpt.writeRecord(["mailto:a@example.com", "https://example.com/t;v=1"]),
    "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t%3Bv=1");
  assert.throws(() => trpt.writeRecord([]), trpt.TrptError);
  assert.throws(() => trpt.writeRecord(["mailto:a@example.com\0https://b.example"]), trpt.TrptError);
});

test("verdict, caret and repair", () => {
  for (const [text, verdict, suggestion, ...carets] of [
    ["v=TLSRPTv1; rua=mailto:a@b.example", "all", undefined],
    ["v=TLSRPTv1; rua = mailto:a@b.example", "some", "v=TLSRPTv1; rua=mailto:a@b.example", 15],
    ["v=TLSRPTv1; rua=a@b.example", "none", "v=TLSRPTv1; rua=mailto:a@b.example", 12, 16],
    ["é", "none", undefined, 0],
    ["v=TLSRPTv1; rua=mailto:\u{1f600}a@b.example,x", "none", undefined, 12, 23, 37, 37],
  ]) {
    const record = trpt.checkRecord(text);
    assert.deepEqual([record.verdict, record.suggestion], [verdict, suggestion], text);
    assert.deepEqual(record.diagnostics.map(({ index }) => index), carets, text);
    assert.equal(record.reason === undefined, verdict === "all");
    assert.equal(trpt.suggestRecord(text), suggestion);
  }
  assert.equal(trpt.checkRecord("v=TLSRPTv1; rua = mailto:a@b.example", { strict: true }).error.index, 15);
  assert.ok(trpt.checkRecord("v=TLSRPTv1;" + " é=1;".repeat(20000)).error instanceof trpt.TrptError);
});

test("whole and in chunks", async () => {
  assert.ok(reports.length > 20);
  for (const [name, data] of reports) {
    const whole = await attempt(() => trpt.parseReport(data));
    for (const size of [1, 7, 100000]) assert.deepEqual(await byEvents(chunks(data, size), whole.key), whole, `${name} by ${size}`);
  }
  assert.deepEqual(await byEvents(createReadStream(join(root, "tests/data/reports/google.json")), trpt.parseReport(google).key),
    trpt.parseReport(google));
});

test("written and read", async () => {
  for (const [name, data] of reports) {
    const report = await attempt(() => trpt.parseReport(data));
    if (!report.policies) continue;
    for (const pretty of [false, true]) {
      const again = trpt.parseReport(Buffer.from(trpt.writeReport(report, { pretty })));
      for (const about of ["diagnostics", "errorCount", "warningCount", "infoCount"]) again[about] = report[about];
      // The key covers a time that cannot be read, but the writer omits it.
      if (report.diagnostics.some(({ code }) => code === "report.bad-datetime")) again.key = report.key;
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
  for (const limits of [{ flags: 1 }, { max_input: -1 }, { max_input: "many" }, { max_depth: 2 ** 32 }, { max_input: 2 ** 60 }])
    assert.throws(() => trpt.parseReport(google, { limits }), TypeError);
  for (const name of ["max_depth", "max_string", "max_entry", "max_policies", "max_failures", "max_input", "max_memory"]) {
    const { status, code } = await attempt(() => trpt.parseReport(google, { limits: { [name]: 1 } }));
    assert.ok(status === "TRPT_E_LIMIT" || status === undefined, `${name}: ${status} ${code}`);
  }
  assert.equal(trpt.parseReport(google, { limits: { max_diagnostics: 1 } }).diagnostics.length, 1);
  assert.equal(trpt.parseReport(google, { diagnostics: false }).diagnostics.length, 0);
  assert.throws(() => trpt.parseReport(Buffer.from('{"policies":[null]}'), { strict: true }), trpt.TrptError);
  assert.throws(() => trpt.parseReport(Buffer.alloc(0)), { sentence: "The input is empty." });
  assert.throws(() => trpt.parseReport({}), TypeError);
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
  for (let i = 0; i < 300; i++) await trpt.readEvents([google]).next(); // abandoned before the end
  globalThis.gc?.();
  assert.deepEqual(events.map((e) => JSON.stringify(e)), atOnce);
  const nested = [];
  for await (const a of trpt.readEvents([google])) for await (const b of trpt.readEvents([google])) nested.push(a.event + b.event + trpt.version);
  assert.equal(nested.length, events.length ** 2);
});

test("forms of input", () => {
  const report = trpt.parseReport(google);
  const own = new Uint8Array(google);
  for (const data of [google.toString(), own, own.buffer, new DataView(own.buffer), new Uint8Array([0, ...google]).subarray(1), gzipSync(google)]) {
    const again = trpt.parseReport(data);
    assert.equal(again.key, report.key);
    assert.deepEqual(again.policies, report.policies);
  }
});

// A report with many failures, larger than a chunk.
function large(count) {
  const failure = (_, i) => `{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.1","receiving-mx-hostname":"mx${i * 7919}.example.com",` +
    `"failed-session-count":${i * i}}`;
  return Buffer.from(`{"organization-name":"o","date-range":{"start-datetime":"2026-03-01T00:00:00Z","end-datetime":"2026-03-01T23:59:59Z"},` +
    `"contact-info":"a@o.example","report-id":"r","policies":[{"policy":{"policy-type":"sts","policy-domain":"example.com"},` +
    `"summary":{"total-successful-session-count":0,"total-failure-session-count":${count}},"failure-details":[${Array.from({ length: count }, failure)}]}]}`);
}

test("limits of memory", async () => {
  const data = large(20000);
  assert.ok(data.length > 2e6);
  assert.equal(trpt.parseReport(data).policies[0].failures.length, 20000);
  assert.equal((await byEvents(chunks(gzipSync(data), 1000), "")).policies[0].failures.length, 20000);
  assert.equal((await byEvents([data], "")).policies[0].failures.length, 20000);
  const cut = await attempt(() => trpt.parseReport(data.subarray(0, -1)));
  assert.deepEqual([cut.status, cut.offset], ["TRPT_E_TRUNCATED", data.length - 1]);
  // A bomb: a thousandth of its text.
  const bomb = gzipSync(Buffer.concat([Buffer.from('{"x":"'), Buffer.alloc(20e6, "x"), Buffer.from('"}')]));
  assert.equal((await attempt(() => trpt.parseReport(bomb))).code, "gzip.ratio");
  assert.equal((await byEvents([bomb])).code, "gzip.ratio");
  // More than the memory of an instance: an error, and the next call works.
  assert.equal((await attempt(() => trpt.parseReport(google, { limits: { max_string: 2 ** 31 } }))).status, "TRPT_E_MEMORY");
  assert.equal(trpt.parseReport(google).policies.length, 1);
  // Instances that needed much memory are not kept.
  const before = process.memoryUsage().rss;
  const wide = large(60000);
  for (let i = 0; i < 3; i++) assert.ok(trpt.reportJson(wide).length > 8e6);
  globalThis.gc?.();
  assert.ok(process.memoryUsage().rss - before < 300e6);
});
