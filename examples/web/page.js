// SPDX-License-Identifier: MIT
// The page. What reports and records contain is shown as text only: by textContent, and in a frame that runs no scripts.
import { runCommand } from "./wasi.js";

const find = (id) => document.getElementById(id);

async function loadCommand() {
  const compressed = Uint8Array.from(atob(find("command").textContent.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

const command = loadCommand();

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// ---- reports ----

// All reports that were dropped so far, by the names that the command sees. Files of one name get numbers.
const files = new Map();

function addFile(path, bytes) {
  const name = path.replace(/^\/+/, "");
  let unique = name;
  // "-" would be standard input.
  for (let i = 2; files.has(unique) || unique === "-"; i++) unique = `${name} (${i})`;
  files.set(unique, bytes);
}

const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

let current = { html: "", json: "" };

async function summarize() {
  find("progress").textContent = `Reading ${plural(files.size, "file")} …`;
  await new Promise((resolve) => setTimeout(resolve)); // show it
  const module = await command;
  const run = (format) => runCommand(module, ["summary", "--quiet", "--verbose", "--format", format, "--", ...files.keys()], files);
  const [html, json] = [await run("html"), await run("json")];
  if (!html.output || !json.output) throw new Error(html.messages || json.messages);
  current = { html: html.output, json: json.output };
  find("summary").srcdoc = html.output;
  const { reports } = JSON.parse(json.output);
  find("progress").textContent = `${plural(files.size, "file")}: ${plural(reports, "report")} counted${html.status ? ", and some input that is not a good report" : ""}.`;
  const notes = find("notes");
  notes.querySelector("summary").textContent = `Messages (${html.messages.split("\n").length - 1})`;
  notes.querySelector("pre").textContent = html.messages;
  notes.hidden = !html.messages;
  find("save").hidden = find("summary").hidden = false;
}

// What is wrong with the page itself, such as a lack of memory, is said and not lost.
async function guarded(work) {
  try {
    await work();
  } catch (e) {
    find("progress").textContent = `The reports could not be summarized: ${e.message}`;
  }
}

async function addFiles(list) {
  for (const { path, file } of list) addFile(path, new Uint8Array(await file.arrayBuffer()));
  await summarize();
}

// The files of a dropped folder, with their paths.
async function filesOf(entry) {
  if (entry.isFile) return [{ path: entry.fullPath, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) }];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!entries.length) return found;
    for (const one of entries) if (!one.name.startsWith(".")) found.push(...(await filesOf(one)));
  }
}

find("files").addEventListener("change", ({ target }) => {
  const chosen = [...target.files].map((file) => ({ path: file.name, file }));
  target.value = "";
  guarded(() => addFiles(chosen));
});

for (const name of ["dragenter", "dragover", "dragleave", "drop"])
  document.addEventListener(name, (event) => {
    event.preventDefault();
    find("drop").classList.toggle("over", name === "dragenter" || name === "dragover");
  });

document.addEventListener("drop", ({ dataTransfer }) => {
  // Entries are gone after this event.
  const dropped = [...dataTransfer.items].filter(({ kind }) => kind === "file");
  const entries = dropped.map((item) => item.webkitGetAsEntry?.());
  const plain = [...dataTransfer.files].map((file) => ({ path: file.name, file }));
  guarded(async () => addFiles(entries.every(Boolean) ? (await Promise.all(entries.map(filesOf))).flat() : plain));
});

function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

find("save-html").addEventListener("click", () => save("tls-reports.html", "text/html", current.html));
find("save-json").addEventListener("click", () => save("tls-reports.json", "application/json", current.json));

// ---- record ----

const VERDICTS = { all: "All senders would report.", some: "Forgiving senders would report, others would not.", none: "No sender would report." };

// The record and a caret below the byte that is wrong. Offsets count bytes.
function caret(text, offset) {
  const before = new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, offset), { stream: true });
  return element("pre", {}, `${text}\n${" ".repeat([...before].length)}^`);
}

function* describe(record) {
  yield element("p", { className: `verdict ${record.verdict}` }, `${VERDICTS[record.verdict]} ${record.reason ?? ""}`);
  const usable = record.rua.filter((rua) => rua.usable);
  if (usable.length) yield element("p", {}, "Reports go to:");
  if (usable.length) yield element("ul", {}, ...usable.map(({ uri }) => element("li", {}, uri)));
  for (const { severity, message, section, offset, advice } of record.diagnostics) {
    yield element("h3", {}, element("span", { className: severity }, `${severity}: `), message);
    yield caret(record.text, offset);
    yield element("p", {}, `${advice ?? ""} `, element("span", { className: "dim" }, section));
  }
  if (!record.publish) return;
  yield element("h3", {}, "Publish instead");
  yield element("pre", { className: "publish" }, record.publish);
  const copy = element("button", { type: "button" }, "Copy");
  copy.addEventListener("click", () => navigator.clipboard.writeText(record.publish).then(() => (copy.textContent = "Copied")));
  yield copy;
}

let latest = 0;

async function showRecord(text) {
  const mine = ++latest;
  const records = [];
  let messages = "";
  if (text.trim()) {
    // Long records have more diagnostics than anyone reads.
    const answer = await runCommand(await command, ["record", "--format", "json", "--", text.slice(0, 65536).replace(/^\s*-\s*$/, "-.")]);
    for (const line of answer.output.split("\n")) if (line) records.push(JSON.parse(line));
    if (!records.length) messages = answer.messages;
  }
  if (mine !== latest) return; // the text has changed meanwhile
  find("verdict").replaceChildren(...records.flatMap((record) => [...describe(record)]), messages);
}

find("record").addEventListener("input", ({ target }) => showRecord(target.value));
if (find("record").value) showRecord(find("record").value); // a reloaded page keeps the text
