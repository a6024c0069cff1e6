// SPDX-License-Identifier: MIT
// Runs the command in WebAssembly with files that are in memory: as much of WASI (wasi_snapshot_preview1) as it needs. It can read those
// files, write to its two outputs, ask for the time, and nothing else.

const BADF = 8, NOENT = 44, NOSYS = 52, SPIPE = 70; // errno
const DIRECTORY = 3, REGULAR_FILE = 4; // filetype
const FOLDER_FD = 3; // the one folder, "/"

class Exit {
  constructor(status) {
    this.status = status;
  }
}

// One descriptor: a file that is read, or an output.
class Descriptor {
  constructor(bytes, chunks) {
    this.bytes = bytes ?? new Uint8Array();
    this.chunks = chunks;
    this.at = 0;
  }

  read(target) {
    const part = this.bytes.subarray(this.at, this.at + target.length);
    target.set(part);
    this.at += part.length;
    return part.length;
  }

  write(part) {
    this.chunks.push(part.slice());
    return part.length;
  }
}

async function textOf(chunks) {
  return new Blob(chunks).text();
}

// Runs `tlsrpt` with these arguments. `files` is a Map of names to Uint8Arrays. Returns { status, output, messages }.
export async function runCommand(module, args, files = new Map()) {
  const output = [], messages = [];
  const descriptors = new Map([[0, new Descriptor()], [1, new Descriptor(undefined, output)], [2, new Descriptor(undefined, messages)]]);
  const encoder = new TextEncoder(), decoder = new TextDecoder();
  const argv = ["tlsrpt", ...args].map((arg) => encoder.encode(`${arg}\0`));
  let memory;

  // The memory may have grown since the last call.
  const view = () => new DataView(memory.buffer);
  const bytes = (at, length) => new Uint8Array(memory.buffer, at, length);

  function* vectors(at, count) {
    for (let i = 0; i < count; i++, at += 8) yield bytes(view().getUint32(at, true), view().getUint32(at + 4, true));
  }

  function transfer(fd, at, count, resultAt, way) {
    const descriptor = descriptors.get(fd);
    if (!descriptor || (way === "write" && !descriptor.chunks)) return BADF;
    let total = 0;
    for (const part of vectors(at, count)) {
      const done = descriptor[way](part);
      total += done;
      if (done < part.length) break;
    }
    view().setUint32(resultAt, total, true);
    return 0;
  }

  function setFileStatus(at, type, size) {
    bytes(at, 64).fill(0);
    view().setUint8(at + 16, type);
    view().setBigUint64(at + 32, BigInt(size), true);
    return 0;
  }

  const fileAt = (at, length) => files.get(decoder.decode(bytes(at, length)));

  const known = {
    args_sizes_get(countAt, sizeAt) {
      view().setUint32(countAt, argv.length, true);
      view().setUint32(sizeAt, argv.reduce((sum, arg) => sum + arg.length, 0), true);
      return 0;
    },
    args_get(pointersAt, at) {
      for (const arg of argv) {
        view().setUint32(pointersAt, at, true);
        bytes(at, arg.length).set(arg);
        pointersAt += 4;
        at += arg.length;
      }
      return 0;
    },
    environ_sizes_get(countAt, sizeAt) {
      view().setUint32(countAt, 0, true);
      view().setUint32(sizeAt, 0, true);
      return 0;
    },
    environ_get: () => 0,
    clock_time_get(clock, precision, at) {
      view().setBigUint64(at, BigInt(Date.now()) * 1000000n, true);
      return 0;
    },
    random_get(at, length) {
      for (let done = 0; done < length; done += 65536) crypto.getRandomValues(bytes(at + done, Math.min(length - done, 65536)));
      return 0;
    },
    fd_prestat_get(fd, at) {
      if (fd !== FOLDER_FD) return BADF;
      view().setUint32(at, 0, true);
      view().setUint32(at + 4, 1, true);
      return 0;
    },
    fd_prestat_dir_name(fd, at) {
      bytes(at, 1)[0] = "/".charCodeAt(0);
      return 0;
    },
    fd_fdstat_get(fd, at) {
      if (fd !== FOLDER_FD && !descriptors.has(fd)) return BADF;
      bytes(at, 24).fill(0);
      view().setUint8(at, fd === FOLDER_FD ? DIRECTORY : REGULAR_FILE);
      bytes(at + 8, 16).fill(255); // all rights
      return 0;
    },
    fd_filestat_get(fd, at) {
      const descriptor = descriptors.get(fd);
      return descriptor ? setFileStatus(at, REGULAR_FILE, descriptor.bytes.length) : BADF;
    },
    path_filestat_get(fd, flags, nameAt, length, at) {
      const file = fileAt(nameAt, length);
      return file ? setFileStatus(at, REGULAR_FILE, file.length) : NOENT;
    },
    path_open(fd, lookup, nameAt, length, flags, rights, inherited, fdFlags, fdAt) {
      const file = fileAt(nameAt, length);
      if (!file) return NOENT;
      let next = FOLDER_FD + 1;
      while (descriptors.has(next)) next++;
      descriptors.set(next, new Descriptor(file));
      view().setUint32(fdAt, next, true);
      return 0;
    },
    fd_read: (fd, at, count, resultAt) => transfer(fd, at, count, resultAt, "read"),
    fd_write: (fd, at, count, resultAt) => transfer(fd, at, count, resultAt, "write"),
    fd_seek: () => SPIPE,
    fd_close: (fd) => (descriptors.delete(fd) ? 0 : BADF),
    proc_exit(status) {
      throw new Exit(status);
    },
  };

  // Whatever else the command may call is not there.
  const imports = Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, known[name] ?? (() => NOSYS)]));
  const { exports } = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: imports });
  memory = exports.memory;
  let status = 0;
  try {
    exports._start();
  } catch (e) {
    if (!(e instanceof Exit)) throw e;
    status = e.status;
  }
  return { status, output: await textOf(output), messages: await textOf(messages) };
}
