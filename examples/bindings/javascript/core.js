// SPDX-License-Identifier: MIT
// Calls the WebAssembly module: bytes in, text out. trpt.js makes objects of the text.
import { base64 } from "./wasm.js";

const OK = 0, END = 1, E_MEMORY = -3; // trpt_status
const NO_NAME = -1;
// Longer chunks of a source are passed in parts, so the module never holds all of their text.
const CHUNK = 256 * 1024;
// Instances that are kept for the next call, and the largest memory of each, since memory cannot shrink.
const KEPT = 4, KEPT_MEMORY = 32 * 1024 * 1024;

const module = await WebAssembly.compile(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
const nothing = new Uint8Array(0);
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export class TrptError extends Error {
  constructor({ status, code, line = 0, column = 0, offset = 0, where = "", message }) {
    super([line ? `line ${line}, column ${column}` : "", where, message].filter(Boolean).join(": "));
    this.name = "TrptError";
    Object.assign(this, { status, code: code ?? undefined, sentence: message, where, line, column, offset });
  }
}

// Text, a Uint8Array and its likes (Buffer), or an ArrayBuffer.
export function bytesOf(data) {
  if (data instanceof Uint8Array) return data;
  if (typeof data === "string") return encoder.encode(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw new TypeError("expected a string, a Uint8Array or an ArrayBuffer");
}

// One instance of the module, which reads one report at a time.
class Core {
  constructor() {
    this.exports = new WebAssembly.Instance(module).exports;
    this.exports._initialize();
  }

  // Copies bytes into the room of the module, one after another, and returns the number of the first.
  put(bytes, next = nothing) {
    const at = this.exports.room_for(bytes.length + next.length);
    if (!at) this.check(E_MEMORY);
    const room = new Uint8Array(this.exports.memory.buffer, at);
    room.set(bytes);
    room.set(next, bytes.length);
    return bytes.length;
  }

  putText(text) {
    return this.put(encoder.encode(text));
  }

  // The text of the last answer, after a check of the status that came with it; undefined at TRPT_END.
  text(status = OK) {
    if (this.check(status) === END) return undefined;
    return decoder.decode(new Uint8Array(this.exports.memory.buffer, this.exports.answer_text(), this.exports.answer_length()));
  }

  check(status) {
    if (status >= 0) return status;
    const name = this.text(this.exports.name_of(status));
    throw new TrptError({ status: name, message: this.text(this.exports.message_of(status)) });
  }

  setOptions(options, isSequence = false) {
    const { strict, diagnostics = true, now, limits = {} } = options ?? {};
    this.exports.set_options(Boolean(strict), Boolean(diagnostics), isSequence, now ? Math.floor(now.getTime() / 1000) : 0);
    for (const [name, value] of Object.entries(limits))
      if (!this.exports.set_limit(this.putText(name), Number(value))) throw new TypeError(`no limit ${name} of ${value}`);
  }

  // Returns an array as JSON: the line about a report, whether it can be read or not, and its counts.
  report(data, options) {
    this.setOptions(options);
    return this.text(this.exports.report(this.put(data)));
  }

  // Returns the lines of all reports of an input.
  lines(data, source, options) {
    this.setOptions(options, true);
    const name = source === undefined ? undefined : encoder.encode(source);
    return this.text(this.exports.lines(this.put(data, name), name?.length ?? NO_NAME));
  }

  // Yields the events of a chunk as JSON, several at a time. An empty one ends the input.
  *events(chunk) {
    const length = this.put(chunk);
    for (let status = OK; status === OK; ) {
      status = this.exports.events(length);
      yield this.text(status === E_MEMORY ? status : OK);
    }
  }
}

const kept = [];

const take = () => kept.pop() ?? new Core();

function giveBack(core) {
  if (kept.length < KEPT && core.exports.memory.buffer.byteLength <= KEPT_MEMORY) kept.push(core);
}

// Calls `use` with an instance that no other call uses. It is not used again if the call throws an error, which may be a lack of stack.
export function withCore(use) {
  const core = take();
  const result = use(core);
  giveBack(core);
  return result;
}

// Yields the events of a source as JSON, several at a time. An instance whose generator is abandoned is collected with it.
export async function* eventLists(source, options) {
  let core = take();
  try {
    core.setOptions(options);
    core.check(core.exports.begin());
    for await (const chunk of source) {
      const bytes = bytesOf(chunk);
      for (let at = 0; at < bytes.length; at += CHUNK) yield* core.events(bytes.subarray(at, at + CHUNK));
    }
    yield* core.events(nothing);
  } catch (e) {
    core = undefined;
    throw e;
  } finally {
    if (core) giveBack(core);
  }
}
