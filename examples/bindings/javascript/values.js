// SPDX-License-Identifier: MIT
// Values of members: names, counts and times.
import { withCore } from "./core.js";

const lookUp = (what, name) => withCore((core) => core.text(core.exports[what](core.putText(name))));

// Asks once for each name. Reports may invent any number of names, so not all are stored.
function remembered(what) {
  const known = new Map();
  return (name) => {
    if (name === undefined || known.has(name)) return known.get(name);
    const value = lookUp(what, name);
    if (known.size < 1000) known.set(name, value);
    return value;
  };
}

export const policyType = remembered("policy_type"), resultType = remembered("result_type"), adviceFor = remembered("advice");

export const describe = (name) => lookUp("description", name ?? "");

export const formatTime = (seconds) => withCore((core) => core.text(core.exports.format_time(Number(seconds))));
export const timeOf = (date) => date && formatTime(Math.floor(date.getTime() / 1000));
export const dateOf = (text) => (text === undefined ? undefined : new Date(text));

export const unlessEmpty = (members) => (Object.values(members).some((member) => member !== undefined) ? members : undefined);

// Thrown where a number of the JSON text is larger than numbers of JavaScript can be exactly.
const INEXACT = new Error("inexact");

// JSON.parse, with texts in place of numbers of 16 digits and more if there are such counts.
export function parsed(text, make) {
  try {
    return make(JSON.parse(text));
  } catch (e) {
    if (e !== INEXACT) throw e;
    return make(JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|\d{16,}/g, (part) => (part[0] === '"' ? part : `"${part}"`))));
  }
}

export function count(value) {
  if (typeof value === "string") return BigInt(value) > Number.MAX_SAFE_INTEGER ? BigInt(value) : Number(value);
  if (value > Number.MAX_SAFE_INTEGER) throw INEXACT;
  return value;
}

// JSON.stringify, which also writes BigInts. Undefined members are left out.
export function stringify(value) {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(stringify).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value).filter(([, v]) => v !== undefined).map(([name, v]) => `${JSON.stringify(name)}:${stringify(v)}`).join(",")}}`;
}
