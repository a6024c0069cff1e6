/* SPDX-License-Identifier: MIT */
#include "generate.h"

#include <stdio.h>

#include <tlsrpt/model.h>

enum { NAME_SIZE = 64, MAX_FAILURES = 8 };

/* What one policy is about. */
typedef struct subject {
  style s;
  char domain[NAME_SIZE];
  char mx[NAME_SIZE];
  bool wildcard; /* the MTA-STS policy has a second mx */
  unsigned failures;
  unsigned sessions[MAX_FAILURES];
} subject;

static const char *const words[] = {"amber", "birch", "cedar",  "delta", "ember", "forest", "granite", "harbor",
                                    "ivory", "jade",  "kite",   "lake",  "maple", "north",  "orchard", "pine",
                                    "river", "stone", "timber", "vale",  "wind",  "yard",   "zephyr",  "cliff"};
static const char *const ends[] = {".example", ".example.com", ".example.net", ".example.org"};

/* SplitMix64. */
static uint64_t next(generator *g) {
  uint64_t z = g->seed += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

static unsigned below(generator *g, unsigned limit) { return (unsigned)(next(g) % limit); }

#define PICK(g, array) (array)[below(g, sizeof(array) / sizeof *(array))]

static void make_domain(generator *g, char *to) {
  snprintf(to, NAME_SIZE, "%s%s%s", PICK(g, words), PICK(g, words), PICK(g, ends));
}

static void make_subject(generator *g, subject *of, style s) {
  static const char *const hosts[] = {"mx1.", "mx2.", "mail.", "mx.", "smtp-in."};
  of->s = s;
  make_domain(g, of->domain);
  snprintf(of->mx, NAME_SIZE, "%s%s", PICK(g, hosts), of->domain);
  of->wildcard = !below(g, 3);
  of->failures = below(g, 10) < 6 ? 0 : 1 + below(g, MAX_FAILURES);
  for (unsigned i = 0; i < of->failures; i++) of->sessions[i] = 1 + below(g, below(g, 4) ? 9 : 400);
}

static unsigned failed_sessions(const subject *of) {
  unsigned sum = 0;
  for (unsigned i = 0; i < of->failures; i++) sum += of->sessions[i];
  return sum;
}

/* --- members of a failure ------------------------------------------------------------------------------------------- */

static void put_ip(generator *g, const char *key) {
  static const unsigned char first[] = {23, 40, 52, 66, 74, 85, 91, 94, 104, 185, 209, 212};
  char ip[NAME_SIZE];
  if (below(g, 4))
    snprintf(ip, sizeof ip, "%u.%u.%u.%u", PICK(g, first), below(g, 256), below(g, 256), below(g, 256));
  else
    snprintf(ip, sizeof ip, "2a01:%x:f%x:%x::%x", 0x100 + below(g, 0xe00), 0x100 + below(g, 0xe00), below(g, 0xffff),
             1 + below(g, 0xfff));
  out_string(&g->out, key, ip);
}

static void put_result(generator *g) {
  static const trpt_result_type results[] = {TRPT_RESULT_STARTTLS_NOT_SUPPORTED, TRPT_RESULT_CERTIFICATE_EXPIRED,
                                             TRPT_RESULT_CERTIFICATE_HOST_MISMATCH, TRPT_RESULT_CERTIFICATE_NOT_TRUSTED,
                                             TRPT_RESULT_VALIDATION_FAILURE};
  out_string(&g->out, "result-type", trpt_result_type_name(PICK(g, results)));
}

static void put_reason(generator *g) {
  static const char *const reasons[] = {"X509_V_ERR_CERT_HAS_EXPIRED", "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT",
                                        "421 4.7.0 TLS not available", "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED"};
  out_string(&g->out, "failure-reason-code", PICK(g, reasons));
}

static void put_information(generator *g, const subject *of) {
  char uri[2 * NAME_SIZE];
  snprintf(uri, sizeof uri, "https://reports.%s/tls?id=%08x", of->domain, below(g, UINT32_MAX));
  out_string(&g->out, "additional-information", uri);
}

static void put_failure_mail_ru(generator *g, unsigned sessions) {
  static const char *const reasons[] = {"bad https response code: 404", "bad https response code: 500",
                                        "certificate is not valid for the name", "connection timed out"};
  out_number(&g->out, "failed-session-count", sessions);
  out_string(&g->out, "failure-reason-code", PICK(g, reasons));
  out_string(&g->out, "result-type", "sts-policy-fetch-error");
}

static void put_failure_usual(generator *g, const subject *of, unsigned sessions) {
  put_result(g);
  put_ip(g, "sending-mta-ip");
  out_string(&g->out, "receiving-mx-hostname", of->mx);
  if (of->s != STYLE_APPENDIX_B || below(g, 2)) put_ip(g, "receiving-ip");
  if (of->s == STYLE_POSTFIX) out_string(&g->out, "receiving-mx-helo", of->mx);
  out_number(&g->out, "failed-session-count", sessions);
  if (of->s == STYLE_APPENDIX_B && below(g, 2)) put_information(g, of);
  if (of->s != STYLE_GOOGLE && below(g, 2)) put_reason(g);
}

/* --- members of a policy -------------------------------------------------------------------------------------------- */

static void put_failures(generator *g, const subject *of) {
  if (!of->failures && of->s != STYLE_POSTFIX) return;
  out_open(&g->out, "failure-details", '[');
  for (unsigned i = 0; i < of->failures; i++) {
    out_open(&g->out, NULL, '{');
    if (of->s == STYLE_MAIL_RU)
      put_failure_mail_ru(g, of->sessions[i]);
    else
      put_failure_usual(g, of, of->sessions[i]);
    out_close(&g->out, '}');
  }
  out_close(&g->out, ']');
}

static void put_summary(generator *g, const subject *of) {
  const unsigned successful = of->failures ? below(g, 500) : 1 + below(g, below(g, 5) ? 40 : 90000);
  const bool failures_first = of->s == STYLE_MAIL_RU || of->s == STYLE_POSTFIX;
  out_open(&g->out, "summary", '{');
  if (failures_first) out_number(&g->out, "total-failure-session-count", failed_sessions(of));
  out_number(&g->out, "total-successful-session-count", successful);
  if (!failures_first) out_number(&g->out, "total-failure-session-count", failed_sessions(of));
  out_close(&g->out, '}');
}

static void make_tlsa(generator *g, char *to, size_t size) {
  snprintf(to, size, "3 1 1 %016llX%016llX%016llX%016llX", (unsigned long long)next(g), (unsigned long long)next(g),
           (unsigned long long)next(g), (unsigned long long)next(g));
}

/* Microsoft writes the JSON text of an array as one string. */
static void put_tlsa(generator *g, style s) {
  char record[128], nested[160];
  const unsigned count = 1 + below(g, 2);
  out_open(&g->out, "policy-string", '[');
  for (unsigned i = 0; i < count; i++) {
    make_tlsa(g, record, sizeof record);
    snprintf(nested, sizeof nested, "[\\\"%s\\\"]", record);
    out_string(&g->out, NULL, s == STYLE_MICROSOFT ? nested : record);
  }
  out_close(&g->out, ']');
}

static void put_sts(generator *g, const subject *of) {
  static const char *const modes[] = {"mode: enforce", "mode: testing"};
  static const char *const ages[] = {"max_age: 86400", "max_age: 604800", "max_age: 1209600", "max_age: 31557600"};
  char line[NAME_SIZE + 8];
  out_open(&g->out, "policy-string", '[');
  out_string(&g->out, NULL, "version: STSv1");
  out_string(&g->out, NULL, PICK(g, modes));
  snprintf(line, sizeof line, "mx: %s", of->mx);
  out_string(&g->out, NULL, line);
  if (of->wildcard) {
    snprintf(line, sizeof line, "mx: *.%s", of->domain);
    out_string(&g->out, NULL, line);
  }
  out_string(&g->out, NULL, PICK(g, ages));
  out_close(&g->out, ']');
}

static void put_hosts(generator *g, const subject *of) {
  out_open(&g->out, "mx-host", '[');
  out_string(&g->out, NULL, of->mx);
  if (of->wildcard && of->s != STYLE_POSTFIX) {
    char host[NAME_SIZE + 2];
    snprintf(host, sizeof host, "*.%s", of->domain);
    out_string(&g->out, NULL, host);
  }
  out_close(&g->out, ']');
}

static void put_policy_members(generator *g, const subject *of) {
  const unsigned kind = below(g, 10);
  if (of->s == STYLE_MAIL_RU) {
    out_string(&g->out, "policy-domain", of->domain);
    if (!of->failures) put_sts(g, of);
    out_string(&g->out, "policy-type", "sts");
  } else if (kind < 2 && !of->failures) {
    out_string(&g->out, "policy-type", "no-policy-found");
    out_string(&g->out, "policy-domain", of->domain);
  } else if (of->s == STYLE_POSTFIX || (of->s == STYLE_MICROSOFT && kind < 6)) {
    out_string(&g->out, "policy-type", "tlsa");
    put_tlsa(g, of->s);
    out_string(&g->out, "policy-domain", of->domain);
    if (of->s == STYLE_POSTFIX) put_hosts(g, of);
  } else {
    out_string(&g->out, "policy-type", "sts");
    put_sts(g, of);
    out_string(&g->out, "policy-domain", of->domain);
    if (of->s != STYLE_MICROSOFT) put_hosts(g, of);
  }
}

static void put_policy(generator *g, const subject *of) {
  out_open(&g->out, "policy", '{');
  put_policy_members(g, of);
  out_close(&g->out, '}');
}

void generate_policy(generator *g, style s) {
  subject of;
  make_subject(g, &of, s);
  out_open(&g->out, NULL, '{');
  if (s == STYLE_MAIL_RU) {
    put_failures(g, &of);
    put_policy(g, &of);
    put_summary(g, &of);
  } else if (s == STYLE_POSTFIX) {
    put_summary(g, &of);
    put_policy(g, &of);
    put_failures(g, &of);
  } else {
    put_policy(g, &of);
    put_summary(g, &of);
    put_failures(g, &of);
  }
  out_close(&g->out, '}');
}

/* --- members of a report -------------------------------------------------------------------------------------------- */

static void put_range(generator *g, unsigned day) {
  char start[40], end[40];
  snprintf(start, sizeof start, "2026-%02u-%02uT00:00:00Z", 1 + day / 28, 1 + day % 28);
  snprintf(end, sizeof end, "2026-%02u-%02uT23:59:59Z", 1 + day / 28, 1 + day % 28);
  out_open(&g->out, "date-range", '{');
  out_string(&g->out, g->sender == STYLE_MAIL_RU ? "end-datetime" : "start-datetime",
             g->sender == STYLE_MAIL_RU ? end : start);
  out_string(&g->out, g->sender == STYLE_MAIL_RU ? "start-datetime" : "end-datetime",
             g->sender == STYLE_MAIL_RU ? start : end);
  out_close(&g->out, '}');
}

static void put_id(generator *g) {
  char id[128], domain[NAME_SIZE];
  make_domain(g, domain);
  if (g->sender == STYLE_MICROSOFT)
    snprintf(id, sizeof id, "13%016llu+%s", (unsigned long long)(next(g) % 10000000000000000U), domain);
  else if (g->sender == STYLE_MAIL_RU || g->sender == STYLE_APPENDIX_B)
    snprintf(id, sizeof id, "%08x-%04x-4%03x-b%03x-%012llx", below(g, UINT32_MAX), below(g, 65536), below(g, 4096),
             below(g, 4096), (unsigned long long)(next(g) >> 16));
  else
    snprintf(id, sizeof id, "2026-03-01T00:00:00Z_%s", domain);
  out_string(&g->out, "report-id", id);
}

static bool writes_id_last(style s) { return s == STYLE_MAIL_RU || s == STYLE_POSTFIX; }

void generate_head(generator *g) {
  static const char *const names[STYLES] = {"Northmail Inc.", "Granite Harbor Corporation", "Company-X",
                                            "Pochta.example", "mail.orchard.example"};
  static const char *const contacts[STYLES] = {
      "smtp-tls-reporting@northmail.example", "tlsrpt-noreply@graniteharbor.example", "sts-reporting@company-x.example",
      "tls_support@corp.pochta.example", "smtp-tls-reporting@mail.orchard.example"};
  const unsigned day = below(g, 336);
  out_open(&g->out, NULL, '{');
  if (g->sender == STYLE_MAIL_RU) {
    out_string(&g->out, "contact-info", contacts[g->sender]);
    put_range(g, day);
    out_string(&g->out, "organization-name", names[g->sender]);
  } else {
    out_string(&g->out, "organization-name", names[g->sender]);
    put_range(g, day);
    out_string(&g->out, "contact-info", contacts[g->sender]);
  }
  if (!writes_id_last(g->sender)) put_id(g);
  out_open(&g->out, "policies", '[');
}

void generate_tail(generator *g) {
  out_close(&g->out, ']');
  if (writes_id_last(g->sender)) put_id(g);
  out_close(&g->out, '}');
}

generator generator_make(text *to, uint64_t seed, style sender, layout form) {
  return (generator){.out = {.to = to, .layout = form, .first = true}, .seed = seed, .sender = sender};
}

/* Takes it back where it would make the report longer than `limit`. */
static bool policy_fits(generator *g, style s, size_t begin, size_t limit) {
  const json_out before = g->out;
  const size_t len = g->out.to->len;
  generate_policy(g, s);
  if (g->out.to->len - begin <= limit) return true;
  g->out = before;
  g->out.to->len = len;
  return false;
}

void generate_report(text *to, uint64_t seed, style sender, layout form, size_t size, size_t limit, bool mixed) {
  generator g = generator_make(to, seed, sender, form);
  const size_t begin = to->len;
  bool fits = true;
  generate_head(&g);
  while (to->len - begin < size && (fits || to->len - begin < limit / 2))
    fits = policy_fits(&g, mixed ? (style)below(&g, STYLES) : sender, begin, limit);
  generate_tail(&g);
}
