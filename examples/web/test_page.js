// SPDX-License-Identifier: MIT
// The page in a real browser, opened from disk: it shows what the command prints, hostile text stays text, and nothing is requested.
// usage: node test_page.js PAGE.html TLSRPT SOURCE_DIR WORK_DIR [SCREENSHOT_PREFIX]
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const [page, , source, work, screenshots] = process.argv.slice(2);
const tlsrpt = resolve(process.argv[3]); // it runs in another folder

// Chromium speaks JSON with a NUL after each message on its descriptors 3 and 4.
const browser = spawn("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe",
  "--disable-features=IsolateSandboxedIframes", // so that the frame can be looked into
  `--user-data-dir=${work}/profile`], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const waiting = new Map(), said = [], requested = [];
let received = "", session, onLoad;

browser.stdio[4].setEncoding("utf8").on("data", (text) => {
  const messages = (received + text).split("\0");
  received = messages.pop();
  for (const { id, method, params, result, error } of messages.map((message) => JSON.parse(message))) {
    if (method === "Network.requestWillBeSent") requested.push(params.request.url);
    if (method === "Runtime.consoleAPICalled" || method === "Runtime.exceptionThrown" || method === "Log.entryAdded") said.push(JSON.stringify(params));
    if (method === "Page.loadEventFired") onLoad();
    if (method === "Page.javascriptDialogOpening") said.push(`dialog: ${params.message}`);
    if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result);
  }
});

let last = 0;
function ask(method, params = {}) {
  const id = ++last;
  browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId: session }) + "\0");
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

async function evaluate(expression) {
  const { result, exceptionDetails } = await ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
  return result.value;
}

// Waits until the expression is true.
const until = (expression) => evaluate(`new Promise((resolve) => {
  const look = () => ${expression} ? resolve(true) : setTimeout(look, 20);
  look();
})`);

// What the command prints, without the time at which it did.
const withoutTime = (text) => text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? UTC/g, "");
const printed = (format, names) => spawnSync(tlsrpt, ["summary", "--quiet", "--verbose", "--format", format, "--", ...names], { cwd: work, encoding: "utf8" });

async function drop(names) {
  const { root } = await ask("DOM.getDocument");
  const { nodeId } = await ask("DOM.querySelector", { nodeId: root.nodeId, selector: "#files" });
  await evaluate(`globalThis.frameIsLoaded = false;
    document.getElementById("summary").addEventListener("load", ({ target }) => globalThis.frameIsLoaded = target.srcdoc !== "")`);
  await ask("DOM.setFileInputFiles", { nodeId, files: names.map((name) => join(work, name)) });
  await until(`frameIsLoaded`);
}

// All elements of the frame, whose scripts cannot be asked since it has none.
async function frameNodes() {
  const { root } = await ask("DOM.getDocument", { depth: -1, pierce: true });
  const nodes = [];
  const walk = (node, isFrame) => {
    if (isFrame) nodes.push(node);
    for (const child of [...(node.children ?? []), ...(node.contentDocument ? [node.contentDocument] : [])]) walk(child, isFrame || child === node.contentDocument);
  };
  walk(root, false);
  return nodes;
}

async function record(text) {
  await evaluate(`{
    const field = document.getElementById("record");
    field.value = ${JSON.stringify(text)};
    document.getElementById("verdict").replaceChildren();
    field.dispatchEvent(new Event("input"));
  }`);
  await until(`document.querySelector("#verdict .verdict")`);
  return evaluate(`[...document.querySelectorAll("#verdict .verdict, #verdict pre")].map((element) => element.textContent)`);
}

async function screenshot(name, width, dark) {
  if (!screenshots) return;
  await ask("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
  await ask("Emulation.setDeviceMetricsOverride", { width, height: 1200, deviceScaleFactor: 1, mobile: width < 600 });
  const { data } = await ask("Page.captureScreenshot");
  writeFileSync(`${screenshots}-${name}.png`, Buffer.from(data, "base64"));
}

async function main() {
  // A tab of its own, since the first one may still load the browser's own page.
  const { targetId } = await ask("Target.createTarget", { url: "about:blank" });
  ({ sessionId: session } = await ask("Target.attachToTarget", { targetId, flatten: true }));
  for (const domain of ["Page", "Runtime", "Log", "Network", "DOM"]) await ask(`${domain}.enable`);
  const loaded = new Promise((resolve) => (onLoad = resolve));
  await ask("Page.navigate", { url: `file://${resolve(page)}` });
  await loaded;

  // Many files at once: good ones, gzip, some that cannot be read, and hostile names and content.
  mkdirSync(work, { recursive: true });
  const month = execFileSync("awk", ["-f", join(source, "tests/command/summary_reports.awk")], { encoding: "utf8" }).trim().split("\n");
  const hostile = readFileSync(join(source, "tests/data/summary/hostile.lines"), "utf8").trim().split("\n");
  const names = month.map((line, i) => {
    const name = i % 2 ? `report ${i}.json` : `report ${i}.json.gz`;
    writeFileSync(join(work, name), i % 2 ? line : gzipSync(line));
    return name;
  });
  hostile.forEach((line, i) => {
    const name = [`<img src=x onerror=alert(${i})>.json`, `--format=${i}.json`, `"'&${i}<svg onload=alert(1)>.json`][i % 3];
    writeFileSync(join(work, name), line);
    names.push(name);
  });
  for (const name of readdirSync(join(source, "tests/data/reports"))) {
    writeFileSync(join(work, name), readFileSync(join(source, "tests/data/reports", name)));
    names.push(name);
  }
  await drop(names);

  const html = await evaluate(`document.getElementById("summary").srcdoc`);
  const json = printed("json", names);
  assert.equal(withoutTime(html), withoutTime(printed("html", names).stdout), "the frame has what the command prints");
  assert.equal(await evaluate(`document.querySelector("#notes pre").textContent`), json.stderr, "and its messages");
  const numbers = JSON.parse(json.stdout);
  assert.ok(numbers.reports > 50 && json.stderr.split("\n").length > 3, `${numbers.reports} reports`);
  assert.match(await evaluate(`document.getElementById("progress").textContent`), new RegExp(`^${names.length} files: ${numbers.reports} reports counted, and some input that`));

  // The numbers as the browser shows them.
  const nodes = await frameNodes();
  assert.ok(nodes.length > 1000, `${nodes.length} nodes`);
  const text = nodes.map(({ nodeValue }) => nodeValue).join("").replace(/\s+/g, " ");
  let compared = 0;
  for (const { policies } of numbers.domains)
    for (const { successful, failed = 0 } of policies.filter((policy) => policy.successful + (policy.failed ?? 0) < 2 ** 53 && policy.failed)) {
      assert.ok(text.includes(`${failed} of ${successful + failed} session`), `${failed} of ${successful + failed}`);
      compared++;
    }
  assert.ok(compared > 3, `${compared} numbers were compared`);

  // Hostile text is text: in the frame, and in the page.
  const elements = new Set(nodes.map(({ nodeName }) => nodeName.toLowerCase()));
  for (const name of ["script", "img", "b", "iframe", "object", "form", "input"]) assert.ok(!elements.has(name), name);
  assert.ok(nodes.every(({ attributes = [] }) => attributes.every((name, i) => i % 2 || !name.startsWith("on"))));
  assert.equal(await evaluate(`document.querySelectorAll("img, #notes pre *").length`), 0);

  // Records: verdict, caret and repair.
  assert.deepEqual(await record("v=TLSRPTv1; rua=mailto:a@b.example"), ["All senders would report. "]);
  const [verdict, caret, publish] = await record("v=TLSRPTv1; rua = mailto:a@b.example");
  assert.match(verdict, /^Forgiving senders would report/);
  assert.equal(caret, `v=TLSRPTv1; rua = mailto:a@b.example\n${" ".repeat(15)}^`);
  assert.equal(publish, "v=TLSRPTv1; rua=mailto:a@b.example");
  await record('v=TLSRPTv1; rua=mailto:<img src=x onerror=alert(1)>"</script><script>alert(2)</script>é');
  assert.equal(await evaluate(`document.querySelectorAll("#verdict img, #verdict script").length`), 0);
  await record("v=TLSRPTv1; rua = reports@example.com,https://example.com/tls");

  // The policy is in force: neither the page nor a script that got into it can reach the network, or run code of another origin.
  const before = said.length;
  for (const attempt of [`fetch("https://example.com/")`, `import("data:text/javascript,1")`])
    assert.equal(await evaluate(`${attempt}.then(() => "allowed", () => "refused")`), "refused", attempt);
  assert.equal(await evaluate(`new Promise((resolve) => {
    const image = new Image();
    image.onload = image.onerror = ({ type }) => resolve(type);
    image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACADs=";
  })`), "error");
  assert.ok(said.length > before, "the browser reports what it refused");
  assert.deepEqual(said.slice(0, before), [], "it had nothing else to say");
  assert.deepEqual(requested.filter((url) => !/^(file:|data:|blob:|about:)/.test(url)).filter((url) => url !== "https://example.com/"), []);

  await screenshot("light", 900, false);
  await screenshot("dark", 900, true);
  await screenshot("narrow", 400, false);
  await evaluate(`document.getElementById("record-title").scrollIntoView()`);
  await screenshot("record", 900, true);
  await screenshot("record-narrow", 400, false);
  console.log(`the page is as it should be: ${names.length} files, ${compared} numbers compared`);
}

const tooLate = setTimeout(() => {
  console.error("the browser does not answer");
  browser.kill();
  process.exit(1);
}, 300000);
try {
  await main();
} finally {
  clearTimeout(tooLate);
  browser.kill();
}
