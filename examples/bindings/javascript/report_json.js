// SPDX-License-Identifier: MIT
// Prints for each report the line that `tlsrpt report --format json` prints. usage: node report_json.js PATH...
import { readFileSync } from "node:fs";
import { reportJson } from "trpt";

for (const path of process.argv.slice(2)) process.stdout.write(reportJson(readFileSync(path), path) + "\n");
