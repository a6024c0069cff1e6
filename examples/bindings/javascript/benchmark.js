// SPDX-License-Identifier: MIT
// Prints reports per second, compared with JSON.parse, which checks nothing. FILE is plain JSON. usage: node benchmark.js FILE
import { readFileSync } from "node:fs";
import { parseReport, reportJson } from "trpt";

const data = readFileSync(process.argv[2]);
const ways = {
  parseReport,
  "parseReport, no diagnostics": (d) => parseReport(d, { diagnostics: false }),
  reportJson,
  "JSON.parse": (d) => JSON.parse(d),
};
for (const [name, parse] of Object.entries(ways)) {
  const begin = performance.now();
  let count = 0;
  while (performance.now() - begin < 1000) {
    parse(data);
    count++;
  }
  console.log(`${name}: ${Math.round((count * 1000) / (performance.now() - begin))} reports/s`);
}
