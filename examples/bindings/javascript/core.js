// SPDX-License-Identifier: MIT
// Calls the WebAssembly module: bytes in, text out. trpt.js makes objects of the text.
import { base64 } from "./wasm.js";

const OK = 0, E_MEMORY = -3; // trpt_status
const STRICT = 1, NO_DIAGNOSTICS = 4, SEQUENCE = 8; // flags
const NO_NAME = -1;
// Longer chunks of a source are passed in parts, so the module never holds all of their text.
const CHUNK = 256 * 1024;
// Instances that are kept for the next call, and the largest memory of each, since memory cannot shrink.
const KEPT = 4, KEPT_MEMORY = 32 * 1024 * 1024;

const module = await WebAssembly.compile(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
const nothing = new Uint8Array(0);
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

// Why a record or a report cannot be read: status ("TRPT_E_JSON"), code of the diagnostic, sentence, where (path of the member), line,
// column, offset.
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
    this.answer = this.exports.answer_address() >> 2;
    this.look();
  }

  // The buffer of memory that grew is a new one.
  look() {
    const { buffer } = this.exports.memory;
    if (this.bytes?.buffer === buffer) return;
    this.bytes = new Uint8Array(buffer);
    this.numbers = new Uint32Array(buffer);
  }

  // Copies bytes into the room of the module, one after another, and returns the number of the first.
  put(bytes, next = nothing) {
    const at = this.exports.room_for(bytes.length + next.length);
    if (!at) this.check(E_MEMORY);
    this.look();
    this.bytes.set(bytes, at);
    this.bytes.set(next, at + bytes.length);
    return bytes.length;
  }

  putText(text) {
    return this.put(encoder.encode(text));
  }

  // The text of the last answer, after a check of the status that came with it.
  text(status = OK) {
    this.check(status);
    this.look();
    const at = this.numbers[this.answer];
    return decoder.decode(this.bytes.subarray(at, at + this.numbers[this.answer + 1]));
  }

  check(status) {
    if (status >= 0) return status;
    const name = this.text(this.exports.name_of(status));
    throw new TrptError({ status: name, message: this.text(this.exports.message_of(status)) });
  }

  setOptions(options, flag = 0) {
    const { strict = false, diagnostics = true, now, limits = {} } = options ?? {};
    this.exports.set_options(flag | (strict ? STRICT : 0) | (diagnostics ? 0 : NO_DIAGNOSTICS), now ? Math.floor(now.getTime() / 1000) : 0);
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
    this.setOptions(options, SEQUENCE);
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

// An instance that failed in an unforeseen way, such as for want of stack, is not used again.
function giveBack(core, failure) {
  const isSound = !(failure instanceof WebAssembly.RuntimeError) && core.exports.memory.buffer.byteLength <= KEPT_MEMORY;
  if (isSound && kept.length < KEPT) kept.push(core);
}

// Calls `use` with an instance that no other call uses.
export function withCore(use) {
  const core = take();
  let failure;
  try {
    return use(core);
  } catch (e) {
    failure = e;
    throw e;
  } finally {
    giveBack(core, failure);
  }
}

// Yields the events of a source as JSON, several at a time. An instance whose generator is abandoned is collected with it.
export async function* eventLists(source, options) {
  const core = take();
  let failure;
  try {
    core.setOptions(options);
    core.check(core.exports.begin());
    for await (const chunk of source) {
      const bytes = bytesOf(chunk);
      for (let at = 0; at < bytes.length; at += CHUNK) yield* core.events(bytes.subarray(at, at + CHUNK));
    }
    yield* core.events(nothing);
  } catch (e) {
    failure = e;
    throw e;
  } finally {
    giveBack(core, failure);
  }
}
