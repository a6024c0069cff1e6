// SPDX-License-Identifier: MIT
// Prints for each input what `tlsrpt report --format json` prints; with --rows what `tlsrpt report --format ndjson --bad-rows` prints.
// usage: report_json [--rows] PATH...
#include <fstream>
#include <iostream>
#include <sstream>

#include "trpt.hpp"

int main(int argc, char **argv) {
  trpt_options options = trpt::default_options();
  options.flags = TRPT_SEQUENCE;
  trpt::Parser parser(options);
  trpt::Rows rows(std::cout, TRPT_ROWS_NDJSON, options);
  const bool as_rows = argc > 1 && std::string_view(argv[1]) == "--rows";
  for (int i = 1 + as_rows; i < argc; i++) {
    std::ostringstream data;
    if (!(data << std::ifstream(argv[i], std::ios::binary).rdbuf())) data.clear(); // an empty file
    if (as_rows)
      rows.add(data.str(), argv[i]);
    else
      std::cout << parser.report_json(data.str(), argv[i]) << '\n';
  }
}
