// SPDX-License-Identifier: MIT
// Puts the parts of the page together. usage: node make_page.js tlsrpt.wasm OUTPUT.html
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { runCommand } from "./wasi.js";

const [wasm, output] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const bytes = readFileSync(wasm);
const module = await WebAssembly.compile(bytes);

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

// The frame of the summary inherits the policy of the page, so its one style must be allowed too.
const summary = await runCommand(module, ["summary", "--format", "html", "--", "none"]);
const [, summaryStyle] = /<style>([^]*?)<\/style>/.exec(summary.output);
const version = (await runCommand(module, ["version"])).output.trim().split(" ").pop();

const style = read("page.css");
const script = read("wasi.js") + read("page.js").replace(/^import .*\n/m, "");
const policy = [
  "default-src 'none'", `script-src ${hash(script)} 'wasm-unsafe-eval'`, `style-src ${hash(style)} ${hash(summaryStyle)}`, "connect-src 'none'",
  "base-uri 'none'", "form-action 'none'",
].join("; ");

const parts = { POLICY: policy, STYLE: style, VERSION: version, COMMAND: gzipSync(bytes, { level: 9 }).toString("base64"), SCRIPT: script };
writeFileSync(output, read("page.html").replace(/POLICY|STYLE|VERSION|COMMAND|SCRIPT/g, (name) => parts[name]));
