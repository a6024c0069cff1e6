// SPDX-License-Identifier: MIT
// libtrpt for C++17. A Parser reads whole reports, a Reader returns their parts in constant memory, and Rows writes them for databases.
// Returned values are copies, except views of static text. Errors are thrown: trpt::Error, std::bad_alloc, and std::logic_error for a
// reader that is closed.
#ifndef TRPT_HPP
#define TRPT_HPP

#include <cstdint>
#include <exception>
#include <istream>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <tlsrpt/trpt.h>

namespace trpt {

// Why a record or a report cannot be read, and where.
class Error : public std::runtime_error {
public:
  explicit Error(const trpt_error &error) : std::runtime_error(sentence(error)), error_(error) {}
  explicit Error(trpt_status status) : std::runtime_error(trpt_status_message(status)) {
    error_.status = status;
    std::string_view(what()).copy(error_.message, sizeof error_.message - 1);
  }

  trpt_status status() const noexcept { return error_.status; }
  std::string_view code() const noexcept { return error_.code ? error_.code : ""; } // static text
  std::string message() const { return error_.message; }                            // one sentence
  std::string where() const { return error_.where; } // path of the member, "policies[0].policy"; "" for the top level
  std::uint32_t line() const noexcept { return error_.line; }     // 1-based; 0: unknown
  std::uint32_t column() const noexcept { return error_.column; } // 1-based, in bytes; 0: unknown
  std::uint64_t offset() const noexcept { return error_.offset; }

private:
  static std::string sentence(const trpt_error &error) {
    std::string text;
    if (error.line) text += "line " + std::to_string(error.line) + ", column " + std::to_string(error.column) + ": ";
    if (error.where[0]) text += std::string(error.where) + ": ";
    return text + error.message;
  }

  trpt_error error_{};
};

struct Rua {
  std::string uri;
  trpt_scheme scheme;
  bool usable; // whether a sender can report to it
  std::optional<std::string> address;
};

struct Extension {
  std::string name;
  std::string value;
};

struct Record {
  std::vector<Rua> ruas; // usable or not
  std::vector<Extension> extensions;
};

namespace detail {

inline void check(trpt_status status, const trpt_error *error = nullptr) {
  if (status == TRPT_E_MEMORY) throw std::bad_alloc();
  if (status < 0) throw error ? Error(*error) : Error(status);
}

inline std::optional<std::string> copy(trpt_str text) {
  return text.ptr ? std::optional<std::string>(std::in_place, text.ptr, text.len) : std::nullopt;
}

inline std::optional<std::vector<std::string>> copy(const trpt_str *texts, std::uint32_t count) {
  if (!texts) return std::nullopt;
  std::vector<std::string> copies;
  copies.reserve(count);
  for (std::uint32_t i = 0; i < count; i++) copies.push_back(copy(texts[i]).value_or(""));
  return copies;
}

constexpr std::int64_t no_time = std::numeric_limits<std::int64_t>::min();

inline trpt_str view(std::string_view text) { return {text.data() ? text.data() : "", text.size()}; }

inline std::vector<trpt_str> views(const std::vector<std::string> &texts) {
  std::vector<trpt_str> result;
  result.reserve(texts.size());
  for (const std::string &text : texts) result.push_back(view(text));
  return result;
}

inline std::uint32_t count(std::size_t size) {
  if (size > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a list is too long");
  return static_cast<std::uint32_t>(size);
}

} // namespace detail

// ---- made by docs/generate ----

// An element of `failure-details`. std::nullopt: the member is missing, or its value cannot be read.
struct Failure {
  trpt_result_type type = TRPT_RESULT_UNKNOWN;
  // As written.
  std::optional<std::string> type_name;
  std::optional<std::string> sending_mta_ip;
  std::optional<std::string> receiving_mx_hostname;
  std::optional<std::string> receiving_mx_helo;
  std::optional<std::string> receiving_ip;
  std::optional<std::uint64_t> failed_sessions;
  std::optional<std::string> additional_information;
  std::optional<std::string> failure_reason_code;
  // Index of its policy, from 0.
  std::uint32_t policy_index = 0;
};

namespace detail {

inline Failure copy(const trpt_failure &from) {
  Failure to;
  to.type = from.type;
  to.type_name = copy(from.type_name);
  to.sending_mta_ip = copy(from.sending_mta_ip);
  to.receiving_mx_hostname = copy(from.receiving_mx_hostname);
  to.receiving_mx_helo = copy(from.receiving_mx_helo);
  to.receiving_ip = copy(from.receiving_ip);
  if (from.present & TRPT_FAILURE_HAS_FAILED_SESSIONS) to.failed_sessions = from.failed_sessions;
  to.additional_information = copy(from.additional_information);
  to.failure_reason_code = copy(from.failure_reason_code);
  to.policy_index = from.policy_index;
  return to;
}

inline trpt_status write(trpt_writer *writer, const Failure &from) {
  trpt_failure to{};
  to.type = from.type;
  if (from.type_name) to.type_name = view(*from.type_name);
  if (from.sending_mta_ip) to.sending_mta_ip = view(*from.sending_mta_ip);
  if (from.receiving_mx_hostname) to.receiving_mx_hostname = view(*from.receiving_mx_hostname);
  if (from.receiving_mx_helo) to.receiving_mx_helo = view(*from.receiving_mx_helo);
  if (from.receiving_ip) to.receiving_ip = view(*from.receiving_ip);
  to.failed_sessions = from.failed_sessions.value_or(0);
  if (from.failed_sessions) to.present |= TRPT_FAILURE_HAS_FAILED_SESSIONS;
  if (from.additional_information) to.additional_information = view(*from.additional_information);
  if (from.failure_reason_code) to.failure_reason_code = view(*from.failure_reason_code);
  return trpt_writer_failure(writer, &to);
}

} // namespace detail

// An element of `policies`. std::nullopt: the member is missing, or its value cannot be read.
struct Policy {
  trpt_policy_type type = TRPT_POLICY_UNKNOWN;
  // As written.
  std::optional<std::string> type_name;
  std::optional<std::string> domain;
  std::optional<std::vector<std::string>> strings;
  std::optional<std::vector<std::string>> mx_hosts;
  std::optional<std::uint64_t> successful_sessions;
  std::optional<std::uint64_t> failed_sessions;
  // Those of a whole report; a Reader returns them as events.
  std::vector<Failure> failures;
  // Whether the object `policy` is present, even if empty.
  bool has_policy = true;
  // Whether the array `failure-details` is present, even if empty.
  bool has_failures = false;
  // From 0.
  std::uint32_t index = 0;
};

namespace detail {

inline Policy copy(const trpt_policy &from) {
  Policy to;
  to.type = from.type;
  to.type_name = copy(from.type_name);
  to.domain = copy(from.domain);
  to.strings = copy(from.strings, from.string_count);
  to.mx_hosts = copy(from.mx_hosts, from.mx_host_count);
  if (from.present & TRPT_POLICY_HAS_SUCCESSFUL) to.successful_sessions = from.successful_sessions;
  if (from.present & TRPT_POLICY_HAS_FAILED) to.failed_sessions = from.failed_sessions;
  to.has_policy = (from.present & TRPT_POLICY_HAS_POLICY) != 0;
  to.has_failures = (from.present & TRPT_POLICY_HAS_FAILURES) != 0;
  to.index = from.index;
  return to;
}

inline trpt_status write(trpt_writer *writer, const Policy &from) {
  trpt_policy to{};
  to.type = from.type;
  if (from.type_name) to.type_name = view(*from.type_name);
  if (from.domain) to.domain = view(*from.domain);
  std::vector<trpt_str> strings;
  if (from.strings) {
    strings = views(*from.strings);
    to.present |= TRPT_POLICY_HAS_STRINGS;
  }
  to.strings = strings.data();
  to.string_count = count(strings.size());
  std::vector<trpt_str> mx_hosts;
  if (from.mx_hosts) {
    mx_hosts = views(*from.mx_hosts);
    to.present |= TRPT_POLICY_HAS_MX_HOSTS;
  }
  to.mx_hosts = mx_hosts.data();
  to.mx_host_count = count(mx_hosts.size());
  to.successful_sessions = from.successful_sessions.value_or(0);
  if (from.successful_sessions) to.present |= TRPT_POLICY_HAS_SUCCESSFUL;
  to.failed_sessions = from.failed_sessions.value_or(0);
  if (from.failed_sessions) to.present |= TRPT_POLICY_HAS_FAILED;
  if (from.has_policy) to.present |= TRPT_POLICY_HAS_POLICY;
  if (from.has_failures) to.present |= TRPT_POLICY_HAS_FAILURES;
  return trpt_writer_policy(writer, &to);
}

} // namespace detail

// The top level of a report. std::nullopt: the member is missing, or its value cannot be read.
struct Metadata {
  std::optional<std::string> organization_name;
  std::optional<std::string> contact_info;
  std::optional<std::string> report_id;
  // Unix seconds.
  std::optional<std::int64_t> start;
  // Unix seconds.
  std::optional<std::int64_t> end;
  // Number of diagnostics that are errors, also of those that were not stored.
  std::uint32_t error_count = 0;
  std::uint32_t warning_count = 0;
  std::uint32_t info_count = 0;
};

namespace detail {

inline Metadata copy(const trpt_metadata &from) {
  Metadata to;
  to.organization_name = copy(from.organization_name);
  to.contact_info = copy(from.contact_info);
  to.report_id = copy(from.report_id);
  if (from.start != no_time) to.start = from.start;
  if (from.end != no_time) to.end = from.end;
  to.error_count = from.error_count;
  to.warning_count = from.warning_count;
  to.info_count = from.info_count;
  return to;
}

inline trpt_status write(trpt_writer *writer, const Metadata &from) {
  trpt_metadata to{};
  if (from.organization_name) to.organization_name = view(*from.organization_name);
  if (from.contact_info) to.contact_info = view(*from.contact_info);
  if (from.report_id) to.report_id = view(*from.report_id);
  to.start = from.start.value_or(no_time);
  to.end = from.end.value_or(no_time);
  return trpt_writer_metadata(writer, &to);
}

} // namespace detail

// A diagnostic of a record or a report.
struct Diagnostic {
  // Such as "report.null-member"; docs/diagnostics.md lists all.
  std::string_view code; // static text
  trpt_severity severity = TRPT_INFO;
  std::string_view message; // static text
  // Section of the RFC, "RFC 8460 s4.4".
  std::string_view section; // static text
  // Path of the member, "policies[0].policy".
  std::string where;
  // From 1; 0 if unknown.
  std::uint32_t line = 0;
  // From 1, in bytes; 0 if unknown.
  std::uint32_t column = 0;
  // Bytes from the beginning.
  std::uint64_t offset = 0;

  std::string_view advice() const { return trpt_diagnostic_advice(code.data()); }
};

namespace detail {

inline Diagnostic copy(const trpt_diagnostic &from) {
  Diagnostic to;
  to.code = from.code;
  to.severity = from.severity;
  to.message = from.message;
  to.section = from.section;
  to.where = from.where;
  to.line = from.line;
  to.column = from.column;
  to.offset = from.offset;
  return to;
}

} // namespace detail

using Event = std::variant<Failure, Policy, Diagnostic, Metadata>;

namespace detail {

inline std::optional<Event> copy(const trpt_event &from) {
  switch (from.type) {
  case TRPT_EVENT_FAILURE: return copy(*from.failure);
  case TRPT_EVENT_POLICY: return copy(*from.policy);
  case TRPT_EVENT_DIAGNOSTIC: return copy(*from.diagnostic);
  case TRPT_EVENT_REPORT: return copy(*from.metadata);
  default: return std::nullopt; // an event type of a later version
  }
}

} // namespace detail

// ---- end of it ----

struct Report : Metadata {
  std::vector<Policy> policies;
  std::vector<Diagnostic> diagnostics;
  std::string key; // equal for two deliveries of one report
};

namespace detail {

// Returns the text that a function writes whose last parameters are `buffer, capacity, needed`.
template <typename Function, typename... Arguments> std::string text_of(Function function, Arguments... arguments) {
  std::size_t needed = 0;
  function(arguments..., nullptr, 0, &needed);
  std::string text(needed + 1, '\0');
  check(function(arguments..., text.data(), text.size(), &needed));
  text.resize(needed);
  return text;
}

// Exceptions must not pass through the C library. The callback stores an exception, and check() throws it again.
template <typename Value> struct Collector {
  Value value;
  std::exception_ptr thrown;

  template <typename Add> int add(Add append) noexcept {
    try {
      append(value);
      return 0;
    } catch (...) {
      thrown = std::current_exception();
      return 1;
    }
  }
  void check(trpt_status status) const {
    if (thrown) std::rethrow_exception(thrown);
    detail::check(status);
  }
};

struct Free {
  void operator()(trpt_parser *parser) const noexcept { trpt_parser_free(parser); }
  void operator()(trpt_report *report) const noexcept { trpt_report_free(report); }
};

inline trpt_source source(std::string_view name) {
  trpt_source source{};
  source.struct_size = sizeof source;
  source.name = view(name);
  return source;
}

// Appends what the library writes to a Collector<std::string>.
inline int collect(void *user, const char *data, std::size_t len) {
  return static_cast<Collector<std::string> *>(user)->add([&](std::string &all) { all.append(data, len); });
}

inline Report copy(const trpt_report *tree) {
  Report report;
  static_cast<Metadata &>(report) = copy(*trpt_report_metadata(tree));
  report.policies.reserve(trpt_report_policy_count(tree));
  for (std::uint32_t i = 0; i < trpt_report_policy_count(tree); i++) {
    Policy &policy = report.policies.emplace_back(copy(*trpt_report_policy(tree, i)));
    policy.failures.reserve(trpt_report_failure_count(tree, i));
    for (std::uint32_t j = 0; j < trpt_report_failure_count(tree, i); j++)
      policy.failures.push_back(copy(*trpt_report_failure(tree, i, j)));
  }
  report.diagnostics.reserve(trpt_report_diagnostic_count(tree));
  for (std::uint32_t i = 0; i < trpt_report_diagnostic_count(tree); i++)
    report.diagnostics.push_back(copy(*trpt_report_diagnostic(tree, i)));
  report.key = text_of(trpt_report_key, tree);
  return report;
}

} // namespace detail

// Parses the text of one TXT record. strict: rejects everything that the grammar does not allow.
inline Record parse_record(std::string_view text, bool strict = false) {
  const trpt_str bytes = detail::view(text);
  trpt_record parsed;
  trpt_error error;
  detail::check(trpt_record_parse(bytes.ptr, bytes.len, strict ? TRPT_STRICT : 0, &parsed, &error), &error);
  Record record;
  trpt_rua rua;
  for (std::size_t cursor = 0; trpt_record_next_rua(&parsed, &cursor, &rua) == TRPT_OK;)
    record.ruas.push_back({detail::copy(rua.uri).value_or(""), rua.scheme, rua.usable != 0, detail::copy(rua.address)});
  trpt_str name, value;
  for (std::size_t cursor = 0; trpt_record_next_extension(&parsed, &cursor, &name, &value) == TRPT_OK;)
    record.extensions.push_back({detail::copy(name).value_or(""), detail::copy(value).value_or("")});
  return record;
}

// Returns all diagnostics of a record, in order of offset. The record may be valid or invalid.
inline std::vector<Diagnostic> diagnose_record(std::string_view text) {
  using Diagnostics = detail::Collector<std::vector<Diagnostic>>;
  const trpt_str bytes = detail::view(text);
  const auto collect = [](void *user, const trpt_diagnostic *diagnostic) {
    return static_cast<Diagnostics *>(user)->add([&](auto &all) { all.push_back(detail::copy(*diagnostic)); });
  };
  Diagnostics diagnostics;
  diagnostics.check(trpt_record_diagnose(bytes.ptr, bytes.len, collect, &diagnostics));
  return std::move(diagnostics.value);
}

// Returns the record that requests reports to these URIs.
inline std::string write_record(const std::vector<std::string> &uris) {
  const std::vector<trpt_str> texts = detail::views(uris);
  return detail::text_of(trpt_record_write, texts.data(), texts.size());
}

// Formats Unix seconds as RFC 3339 in UTC.
inline std::string format_time(std::int64_t seconds) { return detail::text_of(trpt_time_format, seconds); }

// Returns the default flags and limits, for the caller to change.
inline trpt_options default_options() {
  trpt_options options{};
  options.struct_size = sizeof options;
  return options;
}

// Parses reports one after another in memory that it keeps, half a MiB.
class Parser {
public:
  explicit Parser(const trpt_options &options = default_options()) {
    trpt_parser *parser = nullptr;
    detail::check(trpt_parser_new(&parser, &options));
    parser_.reset(parser);
  }

  // Parses a report, plain JSON or gzip. With TRPT_SEQUENCE, returns the first one.
  Report parse(std::string_view data) {
    Report first;
    trpt_str rest = detail::view(data);
    trpt_parser_reset(parser_.get());
    next(
        &rest, [&](Report &&report) { first = std::move(report); }, [](const Error &error) { throw error; });
    return first;
  }

  // Calls on_report(Report) or on_error(const Error &) for each report of an input. With TRPT_SEQUENCE there may be several.
  template <typename OnReport, typename OnError>
  void each(std::string_view data, OnReport on_report, OnError on_error) {
    trpt_str rest = detail::view(data);
    trpt_parser_reset(parser_.get());
    while (next(&rest, on_report, on_error)) {
    }
  }

  // Returns the line that `tlsrpt report --format json` prints for a report, whether it can be read or not. Further reports of
  // the input follow, each on a line of its own.
  std::string report_json(std::string_view data, std::string_view source) {
    detail::Collector<std::string> lines;
    const trpt_source about = detail::source(source);
    lines.check(trpt_reports_json(parser_.get(), data.data(), data.size(), &about, 0, detail::collect, &lines));
    return std::move(lines.value);
  }

private:
  friend class Reader;
  friend class Rows;

  // Returns false at the end of the input.
  template <typename OnReport, typename OnError> bool next(trpt_str *rest, OnReport &&on_report, OnError &&on_error) {
    trpt_report *out;
    const trpt_status status = trpt_reports_next(parser_.get(), rest, &out);
    const std::unique_ptr<trpt_report, detail::Free> tree(out);
    if (status == TRPT_E_MEMORY) throw std::bad_alloc();
    if (status == TRPT_OK) on_report(detail::copy(out));
    if (status < 0) on_error(Error(*trpt_parser_error(parser_.get())));
    return status != TRPT_END;
  }

  std::unique_ptr<trpt_parser, detail::Free> parser_;
};

// Parses a complete report in memory, plain JSON or gzip. For many reports, a Parser is faster.
inline Report parse_report(std::string_view data, const trpt_options &options = default_options()) {
  return Parser(options).parse(data);
}

// Writes the rows that `tlsrpt report --bad-rows` prints: one for each policy, one for each failure, and one of kind `error` for a report
// that cannot be read. The stream must outlive it.
class Rows {
public:
  explicit Rows(std::ostream &out, trpt_rows_format format = TRPT_ROWS_NDJSON,
                const trpt_options &options = default_options())
      : out_(out), parser_(options), memory_(trpt_rows_size()) {
    trpt_rows_options rows{};
    rows.struct_size = sizeof rows;
    rows.format = format;
    detail::check(trpt_rows_init(&rows_, memory_.data(), memory_.size(), &rows, detail::collect, &text_));
  }
  Rows(const Rows &) = delete;
  Rows &operator=(const Rows &) = delete;

  // Writes the names of the columns; nothing for NDJSON.
  void header() { write(trpt_rows_header(rows_)); }

  // Writes the rows of an input, plain JSON or gzip, all at once. `source` is its name, for the column of that name.
  void add(std::string_view data, std::string_view source) {
    const trpt_source about = detail::source(source);
    write(trpt_rows_reports(rows_, parser_.parser_.get(), data.data(), data.size(), &about));
  }

private:
  void write(trpt_status status) {
    text_.check(status);
    out_.write(text_.value.data(), static_cast<std::streamsize>(text_.value.size()));
    text_.value.clear();
  }

  std::ostream &out_;
  Parser parser_;
  std::vector<char> memory_;
  detail::Collector<std::string> text_;
  trpt_rows *rows_ = nullptr;
};

// Reads a report in chunks and in constant memory, plain JSON or gzip. A Failure precedes its Policy, and a Diagnostic precedes the event
// that it concerns. Metadata is the last event of a report, and comes only if the whole report was read. With TRPT_SEQUENCE the events
// of the next report follow, also after an error. The stream must outlive the reader.
class Reader {
public:
  explicit Reader(std::istream &source, const trpt_options &options = default_options())
      : source_(&source), chunk_(65536), parser_(options) {}

  // Returns the next event, or std::nullopt at the end.
  std::optional<Event> next() {
    trpt_parser *const parser = parser_.parser_.get();
    if (!parser) throw std::logic_error("the reader is closed");
    for (;;) {
      const trpt_event *event = nullptr;
      std::size_t used = 0;
      const trpt_status status = trpt_parser_read(parser, rest_.data(), rest_.size(), &used, &event);
      rest_.remove_prefix(used);
      if (status == TRPT_END) return std::nullopt;
      if (status == TRPT_MORE) {
        fill();
        continue;
      }
      detail::check(status, trpt_parser_error(parser));
      if (std::optional<Event> copied = detail::copy(*event)) return copied;
    }
  }

  // Frees the parser. Events that were returned remain valid.
  void close() noexcept { parser_.parser_.reset(); }

  class iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Event;
    using difference_type = std::ptrdiff_t;
    using pointer = const Event *;
    using reference = const Event &;

    iterator() = default;
    explicit iterator(Reader &reader) : reader_(&reader) { ++*this; }
    reference operator*() const { return *event_; }
    pointer operator->() const { return &*event_; }
    iterator &operator++() {
      event_ = reader_->next();
      if (!event_) reader_ = nullptr;
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(const iterator &other) const { return reader_ == other.reader_; }
    bool operator!=(const iterator &other) const { return reader_ != other.reader_; }

  private:
    Reader *reader_ = nullptr;
    std::optional<Event> event_;
  };
  iterator begin() { return iterator(*this); }
  iterator end() { return {}; }

private:
  void fill() {
    source_->read(chunk_.data(), static_cast<std::streamsize>(chunk_.size()));
    if (source_->bad()) throw std::ios_base::failure("the report cannot be read");
    const auto size = static_cast<std::size_t>(source_->gcount());
    rest_ = {size ? chunk_.data() : nullptr, size}; // NULL marks the end of the input
  }

  std::istream *source_;
  std::vector<char> chunk_;
  Parser parser_;
  std::string_view rest_ = ""; // of the chunk
};

// Returns the JSON text of a report. Members without a value are omitted, and so are the diagnostics.
inline std::string write_report(const Report &report, bool pretty = false) {
  detail::Collector<std::string> text;
  std::vector<char> memory(trpt_writer_size());
  trpt_writer *writer = nullptr;
  const std::uint32_t flags = pretty ? TRPT_PRETTY : 0;
  detail::check(trpt_writer_init(&writer, memory.data(), memory.size(), flags, detail::collect, &text));
  text.check(detail::write(writer, static_cast<const Metadata &>(report)));
  for (const Policy &policy : report.policies) {
    text.check(detail::write(writer, policy));
    for (const Failure &failure : policy.failures) text.check(detail::write(writer, failure));
  }
  text.check(trpt_writer_end(writer));
  return std::move(text.value);
}

} // namespace trpt

#endif
