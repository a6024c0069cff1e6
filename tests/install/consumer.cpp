// SPDX-License-Identifier: MIT
// The C++ way to hold what the library gives out.
#include <cstdio>
#include <memory>
#include <string_view>

#include <tlsrpt/trpt.h>

int main() {
  constexpr std::string_view json = R"({"policies":[{"policy":{"policy-type":"sts"}}]})";
  trpt_error error;
  trpt_report *raw = nullptr;
  if (trpt_report_parse(json.data(), json.size(), nullptr, &raw, &error) != TRPT_OK) return 1;
  const std::unique_ptr<trpt_report, decltype(&trpt_report_free)> report(raw, trpt_report_free);
  const trpt_policy *policy = trpt_report_policy(report.get(), 0);
  if (policy == nullptr || policy->type != TRPT_POLICY_STS) return 2;
  std::printf("libtrpt %s\n", trpt_version());
  return 0;
}
