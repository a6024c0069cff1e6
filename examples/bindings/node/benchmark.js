// SPDX-License-Identifier: MIT
// Reports per second, beside JSON.parse, which checks nothing. usage: node benchmark.js FILE, of plain JSON
import { readFileSync } from "node:fs";
import { parseReport } from "./trpt.js";

const data = readFileSync(process.argv[2]);
const ways = { trpt: parseReport, "trpt, no findings": (d) => parseReport(d, { findings: false }), "JSON.parse": (d) => JSON.parse(d) };
for (const [name, parse] of Object.entries(ways)) {
  const begin = performance.now();
  let count = 0;
  while (performance.now() - begin < 1000) {
    parse(data);
    count++;
  }
  console.log(`${name}: ${Math.round((count * 1000) / (performance.now() - begin))} reports/s`);
}
