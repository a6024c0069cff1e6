# SPDX-License-Identifier: MIT
# Reports, one JSON text a line: thirty days of March and April 2026 of three domains. usage: awk -f summary_reports.awk
#   ready.example      MTA-STS in testing mode, three reporters, all went well but for policies that could not be fetched
#   broken.example     the same, with a certificate that expired on 20 March; DANE beside it
#   young.example      MTA-STS in testing mode since five days, one reporter
function day(n) { return n <= 31 ? sprintf("2026-03-%02d", n) : sprintf("2026-04-%02d", n - 31) }

function failure(type, host, sender, reason, count) {
  return sprintf("{\"result-type\":\"%s\",\"sending-mta-ip\":\"%s\",\"receiving-mx-hostname\":\"%s\",\"failed-session-count\":%d%s}", \
                 type, sender, host, count, reason ? ",\"failure-reason-code\":\"" reason "\"" : "")
}

function policy(type, strings, domain, good, bad, failures) {
  return sprintf("{\"policy\":{\"policy-type\":\"%s\",\"policy-string\":[%s],\"policy-domain\":\"%s\"},\"summary\":{" \
                 "\"total-successful-session-count\":%d,\"total-failure-session-count\":%d}%s}", \
                 type, strings, domain, good, bad, failures ? ",\"failure-details\":[" failures "]" : "")
}

function report(organization, domain, n, policies) {
  printf "{\"organization-name\":\"%s\",\"date-range\":{\"start-datetime\":\"%sT00:00:00Z\",\"end-datetime\":\"%sT23:59:59Z\"}," \
         "\"contact-info\":\"tls@%s\",\"report-id\":\"%s-%s-%d\",\"policies\":[%s]}\n", \
         organization, day(n), day(n), "reporter.example", organization, domain, n, policies
}

BEGIN {
  split("Google Inc.|Microsoft Corporation|Mail.ru", organizations, "|")
  testing = "\"version: STSv1\",\"mode: testing\",\"mx: mx.example\",\"max_age: 86400\""
  tlsa = "\"3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3\""
  for (n = 5; n <= 34; n++)
    for (o = 1; o <= 3; o++) {
      if (o == 3 && n > 25) continue # Mail.ru falls silent
      fetch = n == 30 && o == 1 ? failure("sts-policy-fetch-error", "", "", "timeout", 2) : ""
      report(organizations[o], "ready.example", n, policy("sts", testing, "ready.example", 100 * o, fetch ? 2 : 0, fetch))
      bad = n >= 20 ? failure("certificate-expired", "mx1.broken.example", "192.0.2." o, "X509_V_ERR_CERT_HAS_EXPIRED", 3 * o) : ""
      report(organizations[o], "broken.example", n, \
             policy("sts", testing, "Broken.Example.", 50, bad ? 4 * o : 0, bad) "," \
             policy("tlsa", tlsa, "broken.example", 50 + (bad ? 0 : 4), bad ? 4 * o : 0, bad))
    }
  for (n = 30; n <= 34; n++) report("Google Inc.", "young.example", n, policy("sts", testing, "young.example", 7, 0, ""))
}
