// SPDX-License-Identifier: MIT
// libtrpt for C++17. A Parser reads whole reports, a Reader returns their parts in constant memory, and Rows writes them for databases.
// Returned values are copies, except views of static text. Errors are thrown: trpt::Error, std::bad_alloc, and std::logic_error for a
// reader that is closed.
#ifndef TRPT_HPP
#define TRPT_HPP

#include <cstdint>
#include <cstring>
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

// A diagnostic of a record or a report. Views refer to static text.
struct Diagnostic {
  std::string_view code;
  trpt_severity severity;
  std::string_view message;
  std::string_view section;
  std::string where;
  std::uint32_t line;
  std::uint32_t column;
  std::uint64_t offset;

  std::string_view advice() const { return trpt_diagnostic_advice(code.data()); }
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

// A member that is missing, or cannot be read, has no value. Strings have unchanged bytes, which may be invalid UTF-8.
struct Failure {
  trpt_result_type type = TRPT_RESULT_UNKNOWN;
  std::optional<std::string> type_name, sending_mta_ip, receiving_mx_hostname, receiving_mx_helo, receiving_ip;
  std::optional<std::uint64_t> failed_sessions;
  std::optional<std::string> additional_information, failure_reason_code;
  std::uint32_t policy_index = 0;
};

struct Policy {
  trpt_policy_type type = TRPT_POLICY_UNKNOWN;
  std::optional<std::string> type_name, domain;
  std::optional<std::vector<std::string>> strings, mx_hosts;
  std::optional<std::uint64_t> successful_sessions, failed_sessions;
  std::vector<Failure> failures; // set by parse_report; a Reader returns them as events
  bool has_policy = true;        // the object `policy` is present, even if empty
  bool has_failures = false;     // the array `failure-details` is present, even if empty
  std::uint32_t index = 0;
};

struct Metadata {
  std::optional<std::string> organization_name, contact_info, report_id;
  std::optional<std::int64_t> start, end; // Unix seconds
  std::uint32_t error_count = 0, warning_count = 0, info_count = 0;
};

struct Report : Metadata {
  std::vector<Policy> policies;
  std::vector<Diagnostic> diagnostics;
  std::string key; // equal for two deliveries of one report
};

using Event = std::variant<Failure, Policy, Diagnostic, Metadata>;

namespace detail {

inline void check(trpt_status status) {
  if (status == TRPT_E_MEMORY) throw std::bad_alloc();
  if (status < 0) throw Error(status);
}

inline void check(trpt_status status, const trpt_error &error) {
  if (status == TRPT_E_MEMORY) throw std::bad_alloc();
  if (status < 0) throw Error(error);
}

inline std::optional<std::string> copy(trpt_str text) {
  return text.ptr ? std::optional<std::string>(std::in_place, text.ptr, text.len) : std::nullopt;
}

inline std::string copy_present(trpt_str text) { return text.ptr ? std::string(text.ptr, text.len) : std::string(); }

inline std::vector<std::string> copy(const trpt_str *texts, std::uint32_t count) {
  std::vector<std::string> copies;
  copies.reserve(count);
  for (std::uint32_t i = 0; i < count; i++) copies.push_back(copy_present(texts[i]));
  return copies;
}

inline Diagnostic copy(const trpt_diagnostic &d) {
  return {d.code, d.severity, d.message, d.section, d.where, d.line, d.column, d.offset};
}

template <typename Number> std::optional<Number> number_if(bool present, Number number) {
  return present ? std::optional<Number>(number) : std::nullopt;
}

inline Failure copy(const trpt_failure &f) {
  return {f.type,
          copy(f.type_name),
          copy(f.sending_mta_ip),
          copy(f.receiving_mx_hostname),
          copy(f.receiving_mx_helo),
          copy(f.receiving_ip),
          number_if((f.present & TRPT_FAILURE_HAS_FAILED_SESSIONS) != 0, f.failed_sessions),
          copy(f.additional_information),
          copy(f.failure_reason_code),
          f.policy_index};
}

inline Policy copy(const trpt_policy &p) {
  const auto has = [&](unsigned bit) { return (p.present & bit) != 0; };
  Policy policy;
  policy.type = p.type;
  policy.type_name = copy(p.type_name);
  policy.domain = copy(p.domain);
  if (has(TRPT_POLICY_HAS_STRINGS)) policy.strings = copy(p.strings, p.string_count);
  if (has(TRPT_POLICY_HAS_MX_HOSTS)) policy.mx_hosts = copy(p.mx_hosts, p.mx_host_count);
  policy.successful_sessions = number_if(has(TRPT_POLICY_HAS_SUCCESSFUL), p.successful_sessions);
  policy.failed_sessions = number_if(has(TRPT_POLICY_HAS_FAILED), p.failed_sessions);
  policy.has_policy = has(TRPT_POLICY_HAS_POLICY);
  policy.has_failures = has(TRPT_POLICY_HAS_FAILURES);
  policy.index = p.index;
  return policy;
}

constexpr std::int64_t no_time = std::numeric_limits<std::int64_t>::min();

inline Metadata copy(const trpt_metadata &m) {
  return {copy(m.organization_name),
          copy(m.contact_info),
          copy(m.report_id),
          number_if(m.start != no_time, m.start),
          number_if(m.end != no_time, m.end),
          m.error_count,
          m.warning_count,
          m.info_count};
}

inline std::optional<Event> copy(const trpt_event &e) {
  switch (e.type) {
  case TRPT_EVENT_FAILURE: return copy(*e.failure);
  case TRPT_EVENT_POLICY: return copy(*e.policy);
  case TRPT_EVENT_DIAGNOSTIC: return copy(*e.diagnostic);
  case TRPT_EVENT_REPORT: return copy(*e.metadata);
  default: return std::nullopt; // an event type of a later version
  }
}

inline trpt_str view(std::string_view text) { return {text.data() ? text.data() : "", text.size()}; }

inline trpt_str view_if(const std::optional<std::string> &text) { return text ? view(*text) : trpt_str{nullptr, 0}; }

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

// Returns the text that a function with the parameters `buffer, capacity, needed` writes.
template <typename Function> std::string text_of(Function function) {
  std::size_t needed = 0;
  const trpt_status status = function(nullptr, 0, &needed);
  if (status != TRPT_E_BUFFER) check(status);
  std::string text(needed + 1, '\0');
  check(function(text.data(), text.size(), &needed));
  text.resize(needed);
  return text;
}

// Exceptions must not pass through the C library. The callback stores an exception, and result() throws it again.
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

} // namespace detail

// Parses the text of one TXT record. strict: rejects everything that the grammar does not allow.
inline Record parse_record(std::string_view text, bool strict = false) {
  const trpt_str bytes = detail::view(text);
  trpt_record parsed;
  trpt_error error;
  detail::check(trpt_record_parse(bytes.ptr, bytes.len, strict ? TRPT_STRICT : 0, &parsed, &error), error);
  Record record;
  trpt_rua rua;
  for (std::size_t cursor = 0; trpt_record_next_rua(&parsed, &cursor, &rua) == TRPT_OK;)
    record.ruas.push_back({detail::copy_present(rua.uri), rua.scheme, rua.usable != 0, detail::copy(rua.address)});
  trpt_str name, value;
  for (std::size_t cursor = 0; trpt_record_next_extension(&parsed, &cursor, &name, &value) == TRPT_OK;)
    record.extensions.push_back({detail::copy_present(name), detail::copy_present(value)});
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
  const trpt_str none{"", 0};
  return detail::text_of([&](char *buffer, std::size_t capacity, std::size_t *needed) {
    return trpt_record_write(texts.empty() ? &none : texts.data(), texts.size(), buffer, capacity, needed);
  });
}

// Formats Unix seconds as RFC 3339 in UTC.
inline std::string format_time(std::int64_t seconds) {
  return detail::text_of([&](char *buffer, std::size_t capacity, std::size_t *needed) {
    return trpt_time_format(seconds, buffer, capacity, needed);
  });
}

// Returns the default flags and limits, for the caller to change.
inline trpt_options default_options() {
  trpt_options options{};
  options.struct_size = sizeof options;
  return options;
}

namespace detail {

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
  report.key = text_of([&](char *buffer, std::size_t capacity, std::size_t *needed) {
    return trpt_report_key(tree, buffer, capacity, needed);
  });
  return report;
}

} // namespace detail

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
    Report report;
    each_tree(data, [&](const trpt_report *tree, const trpt_error *error) {
      if (error) throw Error(*error);
      report = detail::copy(tree);
      return false;
    });
    return report;
  }

  // Calls on_report(Report) or on_error(const Error &) for each report of an input. With TRPT_SEQUENCE there may be several.
  template <typename OnReport, typename OnError>
  void each(std::string_view data, OnReport on_report, OnError on_error) {
    each_tree(data, [&](const trpt_report *tree, const trpt_error *error) {
      if (error)
        on_error(Error(*error));
      else
        on_report(detail::copy(tree));
      return true;
    });
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
  friend class Rows;

  // Calls f(report, error) for each report of an input until it returns false.
  template <typename Function> void each_tree(std::string_view data, Function f) {
    trpt_str rest = detail::view(data);
    trpt_parser_reset(parser_.get());
    for (;;) {
      trpt_report *out;
      const trpt_status status = trpt_reports_next(parser_.get(), &rest, &out);
      const std::unique_ptr<trpt_report, detail::Free> tree(out);
      if (status == TRPT_E_MEMORY) throw std::bad_alloc();
      if (status == TRPT_END || !f(out, status < 0 ? trpt_parser_error(parser_.get()) : nullptr)) return;
    }
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
  void header() {
    text_.check(trpt_rows_header(rows_));
    write();
  }

  // Writes the rows of an input, plain JSON or gzip, all at once. `source` is its name, for the column of that name.
  void add(std::string_view data, std::string_view source) {
    const trpt_source about = detail::source(source);
    text_.check(trpt_rows_reports(rows_, parser_.parser_.get(), data.data(), data.size(), &about));
    write();
  }

private:
  void write() {
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
      : source_(&source), chunk_(chunk_size) {
    trpt_parser *parser = nullptr;
    detail::check(trpt_parser_new(&parser, &options));
    parser_.reset(parser);
  }

  // Returns the next event, or std::nullopt at the end.
  std::optional<Event> next() {
    if (!parser_) throw std::logic_error("the reader is closed");
    for (;;) {
      const trpt_event *event = nullptr;
      std::size_t used = 0;
      const trpt_status status = trpt_parser_read(parser_.get(), data_, size_, &used, &event);
      if (data_) data_ += used;
      size_ -= used;
      if (status == TRPT_END) return std::nullopt;
      if (status == TRPT_MORE) {
        fill();
      } else {
        detail::check(status, *trpt_parser_error(parser_.get()));
        if (std::optional<Event> copied = detail::copy(*event)) return copied;
      }
    }
  }

  // Frees the parser. Events that were returned remain valid.
  void close() noexcept { parser_.reset(); }

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
  static constexpr std::size_t chunk_size = 65536;

  void fill() {
    source_->read(chunk_.data(), static_cast<std::streamsize>(chunk_.size()));
    if (source_->bad()) throw std::ios_base::failure("the report cannot be read");
    size_ = static_cast<std::size_t>(source_->gcount());
    data_ = size_ ? chunk_.data() : nullptr; // NULL marks the end of the input
  }

  std::istream *source_;
  std::vector<char> chunk_;
  std::unique_ptr<trpt_parser, detail::Free> parser_;
  const char *data_ = "";
  std::size_t size_ = 0;
};

namespace detail {

inline trpt_status write(trpt_writer *writer, const Metadata &m) {
  trpt_metadata out{};
  out.organization_name = view_if(m.organization_name);
  out.contact_info = view_if(m.contact_info);
  out.report_id = view_if(m.report_id);
  out.start = m.start.value_or(no_time);
  out.end = m.end.value_or(no_time);
  return trpt_writer_metadata(writer, &out);
}

inline trpt_status write(trpt_writer *writer, const Policy &p) {
  const std::vector<std::string> none;
  const std::vector<trpt_str> strings = views(p.strings ? *p.strings : none);
  const std::vector<trpt_str> mx_hosts = views(p.mx_hosts ? *p.mx_hosts : none);
  trpt_policy out{};
  const auto set = [&](bool present, unsigned bit) {
    if (present) out.present |= bit;
  };
  out.type = p.type;
  out.type_name = view_if(p.type_name);
  out.domain = view_if(p.domain);
  out.strings = strings.data();
  out.string_count = count(strings.size());
  out.mx_hosts = mx_hosts.data();
  out.mx_host_count = count(mx_hosts.size());
  out.successful_sessions = p.successful_sessions.value_or(0);
  out.failed_sessions = p.failed_sessions.value_or(0);
  set(p.has_policy, TRPT_POLICY_HAS_POLICY);
  set(p.has_failures, TRPT_POLICY_HAS_FAILURES);
  set(p.strings.has_value(), TRPT_POLICY_HAS_STRINGS);
  set(p.mx_hosts.has_value(), TRPT_POLICY_HAS_MX_HOSTS);
  set(p.successful_sessions.has_value(), TRPT_POLICY_HAS_SUCCESSFUL);
  set(p.failed_sessions.has_value(), TRPT_POLICY_HAS_FAILED);
  return trpt_writer_policy(writer, &out);
}

inline trpt_status write(trpt_writer *writer, const Failure &f) {
  trpt_failure out{};
  out.type = f.type;
  out.type_name = view_if(f.type_name);
  out.sending_mta_ip = view_if(f.sending_mta_ip);
  out.receiving_mx_hostname = view_if(f.receiving_mx_hostname);
  out.receiving_mx_helo = view_if(f.receiving_mx_helo);
  out.receiving_ip = view_if(f.receiving_ip);
  out.additional_information = view_if(f.additional_information);
  out.failure_reason_code = view_if(f.failure_reason_code);
  out.failed_sessions = f.failed_sessions.value_or(0);
  if (f.failed_sessions) out.present |= TRPT_FAILURE_HAS_FAILED_SESSIONS;
  return trpt_writer_failure(writer, &out);
}

} // namespace detail

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
