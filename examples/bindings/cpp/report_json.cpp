// SPDX-License-Identifier: MIT
// Prints for each report the line that `tlsrpt report --format json` prints, without the key.
// usage: report_json PATH...
#include <fstream>
#include <iostream>

#include "trpt.hpp"

namespace {

// One decoded character. If it is invalid, `size` is the length of the longest prefix that could begin a character.
struct Character {
  std::uint32_t code;
  std::size_t size;
  bool valid;
};

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1, true};
  if (first < 0xC2 || first > 0xF4) return {0, 1, false};
  const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  // The second byte's range excludes overlong forms, surrogates and codes above U+10FFFF.
  unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  std::uint32_t code = first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; i++) {
    if (i == text.size() || byte(i) < low || byte(i) > high) return {0, i, false};
    code = code << 6 | (byte(i) & 0x3FU);
    low = 0x80;
    high = 0xBF;
  }
  return {code, size, true};
}

// Characters that are invisible, or that change how others are displayed.
bool is_hidden(std::uint32_t code) {
  static constexpr std::uint32_t ranges[][2] = {
      {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x115F, 0x1160},   {0x17B4, 0x17B5},
      {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},
      {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF},
  };
  for (const auto &range : ranges)
    if (code >= range[0] && code <= range[1]) return true;
  return false;
}

void add_unit(std::string &out, std::uint32_t unit) {
  out += "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4) out += "0123456789abcdef"[unit >> (shift - 4) & 0xF];
}

// The letter of a short escape, or nullptr.
const char *short_escape(std::uint32_t code) {
  static constexpr char names[] = "\"\"\\\\\bb\tt\nn\ff\rr";
  for (const char *name = names; *name; name += 2)
    if (static_cast<unsigned char>(*name) == code) return name + 1;
  return nullptr;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const Character c = first_character(text);
    if (!c.valid) {
      out += "\xEF\xBF\xBD";
    } else if (const char *name = short_escape(c.code)) {
      out += '\\';
      out += *name;
    } else if (!is_hidden(c.code)) {
      out += text.substr(0, c.size);
    } else if (c.code <= 0xFFFF) {
      add_unit(out, c.code);
    } else {
      add_unit(out, 0xD7C0 + (c.code >> 10));
      add_unit(out, 0xDC00 + (c.code & 0x3FF));
    }
    text.remove_prefix(c.size);
  }
  return out + '"';
}

std::string value(const std::string &text) { return quoted(text); }
std::string value(std::uint64_t number) { return std::to_string(number); }
std::string value(const std::vector<std::string> &texts) {
  std::string out;
  for (const std::string &text : texts) out += (out.empty() ? "" : ",") + quoted(text);
  return "[" + out + "]";
}

// Members of a JSON object. Members without a value are omitted.
class Members {
public:
  Members &raw(std::string_view name, std::string_view text) {
    if (!text_.empty()) text_ += ',';
    text_ += quoted(name) + ':';
    text_ += text;
    return *this;
  }
  template <typename Value> Members &add(std::string_view name, const std::optional<Value> &v) {
    return v ? raw(name, value(*v)) : *this;
  }
  Members &add_unless_empty(std::string_view name, const Members &members) {
    return members.text_.empty() ? *this : raw(name, members.object());
  }
  std::string object() const { return "{" + text_ + "}"; }
  const std::string &text() const { return text_; }

private:
  std::string text_;
};

std::string failure(const trpt::Failure &f) {
  return Members()
      .add("result-type", f.type_name)
      .add("sending-mta-ip", f.sending_mta_ip)
      .add("receiving-mx-hostname", f.receiving_mx_hostname)
      .add("receiving-mx-helo", f.receiving_mx_helo)
      .add("receiving-ip", f.receiving_ip)
      .add("failed-session-count", f.failed_sessions)
      .add("additional-information", f.additional_information)
      .add("failure-reason-code", f.failure_reason_code)
      .object();
}

std::string policy(const trpt::Policy &p, const std::string &failures) {
  Members all;
  if (p.has_policy) {
    all.raw("policy", Members()
                          .add("policy-type", p.type_name)
                          .add("policy-string", p.strings)
                          .add("policy-domain", p.domain)
                          .add("mx-host", p.mx_hosts)
                          .object());
  }
  all.add_unless_empty("summary", Members()
                                      .add("total-successful-session-count", p.successful_sessions)
                                      .add("total-failure-session-count", p.failed_sessions));
  if (p.has_failures || !failures.empty()) all.raw("failure-details", "[" + failures + "]");
  return all.object();
}

std::optional<std::string> time(std::optional<std::int64_t> seconds) {
  return seconds ? std::optional<std::string>(trpt::format_time(*seconds)) : std::nullopt;
}

std::string diagnostic(const trpt::Finding &f) {
  return Members()
      .raw("code", quoted(f.code))
      .raw("severity", quoted(trpt_severity_name(f.severity)))
      .raw("line", value(f.line))
      .raw("column", value(f.column))
      .raw("offset", value(f.offset))
      .raw("where", quoted(f.where))
      .raw("message", quoted(f.message))
      .raw("section", quoted(f.section))
      .object();
}

std::string error(const trpt::Error &e) {
  const bool is_empty = e.status() == TRPT_E_TRUNCATED && e.offset() == 0;
  return Members()
      .raw("status", quoted(trpt_status_name(e.status())))
      .raw("code", e.code().empty() ? "null" : quoted(e.code()))
      .raw("line", value(e.line()))
      .raw("column", value(e.column()))
      .raw("offset", value(e.offset()))
      .raw("where", quoted(e.where()))
      .raw("message", quoted(is_empty ? "The input is empty." : e.message()))
      .object();
}

// The parts of one output line, collected from the events.
struct Line {
  Members own;
  std::string policies, failures, diagnostics;

  static void append(std::string &list, const std::string &element) { list += (list.empty() ? "" : ",") + element; }

  void operator()(const trpt::Failure &f) { append(failures, failure(f)); }
  void operator()(const trpt::Policy &p) {
    append(policies, policy(p, failures));
    failures.clear();
  }
  void operator()(const trpt::Finding &f) { append(diagnostics, diagnostic(f)); }
  void operator()(const trpt::Metadata &m) {
    own.add("organization-name", m.organization_name)
        .add_unless_empty("date-range", Members().add("start-datetime", time(m.start)).add("end-datetime", time(m.end)))
        .add("contact-info", m.contact_info)
        .add("report-id", m.report_id)
        .raw("policies", "[" + policies + "]");
  }
};

std::string line(const char *path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(std::string(path) + ": cannot be opened");
  Line line;
  try {
    trpt::Reader reader(file);
    for (const trpt::Event &event : reader) std::visit(line, event);
  } catch (const trpt::Error &e) {
    line.own = Members().raw("error", error(e));
  }
  return "{\"source\":" + quoted(path) + "," + line.own.text() + ",\"diagnostics\":[" + line.diagnostics + "]}\n";
}

} // namespace

int main(int argc, char **argv) {
  try {
    for (int i = 1; i < argc; i++) std::cout << line(argv[i]);
  } catch (const std::exception &e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
  return std::cout.flush() ? 0 : 1;
}
