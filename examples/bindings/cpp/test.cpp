// SPDX-License-Identifier: MIT
// Tests the public interface with the reports in the repository. Sanitizers detect dangling references.
// usage: test SOURCE_DIR
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>

#include "trpt.hpp"

namespace {

int failures = 0;

void check(bool good, const std::string &what) {
  if (good) return;
  std::cout << "FAILED: " << what << '\n';
  failures++;
}

// Returns what a function throws.
template <typename Exception = trpt::Error> std::optional<Exception> thrown(const std::function<void()> &function) {
  try {
    function();
  } catch (const Exception &e) {
    return e;
  }
  return std::nullopt;
}

std::string read(const std::filesystem::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string text(const trpt::Error &e) {
  return "error " + std::to_string(e.status()) + " " + e.what() + std::to_string(e.offset());
}

std::string diagnostics(const trpt::Report &report) {
  std::string out;
  for (const trpt::Diagnostic &d : report.diagnostics)
    out += std::string(d.code) + " " + d.where + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + "\n";
  return out;
}

// The report that events make. It has no key, which events do not contain.
std::string text(const std::vector<trpt::Event> &events) {
  trpt::Report report;
  std::vector<trpt::Failure> pending;
  for (const trpt::Event &event : events) {
    if (const auto *failure = std::get_if<trpt::Failure>(&event)) pending.push_back(*failure);
    if (const auto *diagnostic = std::get_if<trpt::Diagnostic>(&event)) report.diagnostics.push_back(*diagnostic);
    if (const auto *metadata = std::get_if<trpt::Metadata>(&event)) static_cast<trpt::Metadata &>(report) = *metadata;
    if (const auto *policy = std::get_if<trpt::Policy>(&event)) {
      report.policies.push_back(*policy);
      report.policies.back().failures.swap(pending);
    }
  }
  return trpt::write_report(report) + diagnostics(report);
}

void test_records() {
  const trpt::Record record = trpt::parse_record("v=TLSRPTv1; rua=mailto:a@example.com,ftp://b; x=1;");
  check(record.ruas.size() == 2 && record.ruas[0].uri == "mailto:a@example.com" && record.ruas[0].usable &&
            record.ruas[0].address == "a@example.com" && !record.ruas[1].usable && !record.ruas[1].address,
        "URIs");
  check(record.extensions.size() == 1 && record.extensions[0].name == "x" && record.extensions[0].value == "1",
        "extensions");
  const auto e = thrown([] { trpt::parse_record("v=TLSRPTv1; rua = mailto:a@b.example", true); });
  check(e && e->status() == TRPT_E_RECORD && e->code() == "record.ws-around-equals" && e->where() == "rua[0]" &&
            e->offset() == 15,
        "a record with blanks is rejected, and where");
  check(thrown([] { trpt::parse_record({}); }).has_value(), "an empty text is an invalid record");
  const auto found = trpt::diagnose_record("v=TLSRPTv1; rua = mailto:a@b.example");
  check(found.size() == 1 && found[0].code == "record.ws-around-equals" && !found[0].advice().empty(),
        "diagnostics of a record");
  check(trpt::write_record({"https://example.com/t;v=1"}) == "v=TLSRPTv1; rua=https://example.com/t%3Bv=1",
        "written record");
  check(thrown([] { trpt::write_record({}); }).has_value(), "a record without a URI");
}

// Parsing at once, parsing in chunks, and writing and parsing again give the same report.
void test_report(const std::string &name, const std::string &data) {
  static trpt::Parser parser; // is used again after errors
  std::string by_events, whole;
  const auto in_chunks = thrown([&] {
    std::istringstream source(data);
    trpt::Reader reader(source);
    by_events = text(std::vector<trpt::Event>(reader.begin(), reader.end()));
  });
  const auto at_once = thrown([&] {
    const trpt::Report report = parser.parse(data);
    const std::string json = trpt::write_report(report);
    whole = json + diagnostics(report);
    for (const bool pretty : {false, true}) {
      const trpt::Report again = trpt::parse_report(trpt::write_report(report, pretty));
      /* The key covers a time that cannot be read, but the writer omits it. */
      const bool has_all = diagnostics(report).find("report.bad-datetime") == std::string::npos;
      check(trpt::write_report(again) == json && (again.key == report.key || !has_all), name + ": written and read");
    }
  });
  if (in_chunks) by_events = text(*in_chunks);
  if (at_once) whole = text(*at_once);
  check(by_events == whole, name + ": the same at once and in chunks:\n" + by_events + whole);
}

void test_made() {
  trpt::Report report;
  report.start = 1772323200;
  trpt::Policy &policy = report.policies.emplace_back();
  policy.type = TRPT_POLICY_STS;
  policy.domain = "a\xFF";
  policy.failures.emplace_back().type = TRPT_RESULT_CERTIFICATE_EXPIRED;
  check(trpt::write_report(report) ==
            R"({"date-range":{"start-datetime":"2026-03-01T00:00:00Z"},"policies":[{"policy":{"policy-type":"sts",)"
            "\"policy-domain\":\"a\xEF\xBF\xBD\"},\"failure-details\":[{\"result-type\":\"certificate-expired\"}]}]}",
        "a report made by hand: " + trpt::write_report(report));
}

constexpr std::string_view two = R"({"report-id":"a","policies":[]}{"policies":1}
{"report-id":"c","policies":[]})";

// Several reports in an input, of which one is bad.
void test_sequences() {
  trpt_options options = trpt::default_options();
  options.flags = TRPT_SEQUENCE;
  trpt::Parser parser(options);
  const auto ids = [&](std::string_view data) {
    std::string all;
    parser.each(
        data, [&](const trpt::Report &report) { all += *report.report_id + " "; },
        [&](const trpt::Error &) { all += "bad "; });
    return all;
  };
  check(ids(two) == "a bad c ", "three reports: " + ids(two));
  check(ids("[]") == "bad " && ids("") == "bad " && ids("\x1F\x8B") == "bad ", "each error once");
  check(thrown([&] { parser.parse("[]"); }).has_value(), "an input without a report");
  check(parser.parse(two).report_id == "a", "the first report");
  std::istringstream source{std::string(two)};
  trpt::Reader reader(source, options);
  int whole = 0, failed = 0;
  for (bool more = true; more;) {
    failed += thrown([&] {
                const std::optional<trpt::Event> event = reader.next();
                more = event.has_value();
                whole += event && std::holds_alternative<trpt::Metadata>(*event);
              }).has_value();
  }
  check(whole == 2 && failed == 1, "events of three reports");
}

// The bindings' common test compares lines and rows with what the command prints.
void test_rows(const std::string &good) {
  std::ostringstream table;
  trpt::Rows rows(table, TRPT_ROWS_CSV);
  rows.header();
  rows.add(good, "good");
  rows.add("{", "bad");
  std::istringstream all(table.str());
  std::string kinds;
  for (std::string line; std::getline(all, line);) kinds += line.substr(0, line.find(',')) + " ";
  check(kinds == "kind policy failure failure error ", "rows: " + kinds);
  check(thrown([&] { trpt::Rows(table, 7); }).has_value(), "an unknown format");
}

void test_errors(const std::string &cut) {
  const auto e = thrown([&] { trpt::parse_report(cut); });
  check(e && e->status() == TRPT_E_TRUNCATED && e->line() == 45 && e->column() == 26 &&
            e->where() == "policies[0].failure-details[1]",
        "a truncated report is rejected, and where");
  trpt_options options = trpt::default_options();
  options.max_input = 10;
  check(thrown([&] { trpt::parse_report(cut, options); }).has_value(), "limits");
  options.struct_size = 0;
  check(thrown([&] { trpt::parse_report(cut, options); }).has_value(), "invalid options");
}

void test_lifetimes(const std::string &data) {
  std::vector<trpt::Event> events;
  std::string at_once;
  {
    std::istringstream source(data);
    trpt::Reader reader(source);
    for (const trpt::Event &event : reader) events.push_back(event);
    at_once = text(events);
    check(!reader.next(), "no event after the end");
    reader.close();
    reader.close();
    check(thrown<std::logic_error>([&] { reader.next(); }).has_value(), "a closed reader throws");
    check(thrown<std::logic_error>([&] { reader.begin(); }).has_value(), "a closed reader throws in a loop");
    trpt::Reader first(source);
    trpt::Reader second = std::move(first);
    check(thrown<std::logic_error>([&] { first.next(); }).has_value(),
          "a moved reader is closed"); // NOLINT: tests a use after move
  }
  check(at_once == text(events), "events outlive their reader");
  const trpt::Record record = trpt::parse_record("v=TLSRPTv1; rua=mailto:" + std::string(100, 'a') + "@b");
  check(record.ruas[0].address == std::string(100, 'a') + "@b", "a record outlives its text");
  const trpt::Policy policy = trpt::parse_report(data).policies[0];
  check(policy.domain == "example.com" && policy.type == TRPT_POLICY_STS && policy.index == 0 &&
            policy.failures[0].type == TRPT_RESULT_CERTIFICATE_EXPIRED && policy.failures[0].policy_index == 0,
        "policies outlive their tree");
}

} // namespace

int main(int, char **argv) {
  const std::filesystem::path source = argv[1];
  test_records();
  for (const char *folder : {"tests/data/reports", "examples/reports"})
    for (const auto &entry : std::filesystem::directory_iterator(source / folder))
      test_report(entry.path().filename(), read(entry));
  test_made();
  test_sequences();
  test_rows(read(source / "tests/data/reports/google.json"));
  test_errors(read(source / "tests/data/reports/cut.json"));
  test_lifetimes(read(source / "tests/data/reports/google.json"));
  if (!failures) std::cout << "  tests passed\n";
  return failures != 0;
}
