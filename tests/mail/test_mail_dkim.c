/* SPDX-License-Identifier: MIT */
/* DKIM results: from Authentication-Results of trusted servers, or from the caller. Which signature counts, and what
   TRPT_MAIL_REQUIRE_DKIM and TRPT_STRICT do with it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mail_cases.h"

#define COUNT(array) (sizeof array / sizeof array[0])
#define IS(text)     ((trpt_str){text, sizeof text - 1})

static const trpt_str trusted = {"mx.example.com", 14};
#define TRUSTED .authserv_ids = &trusted, .authserv_id_count = 1

/* "pass example.net from submitter contact: 1@example.net [findings]", for one item. */
static const char *describe(const char *template, const trpt_mail_options *options) {
  static char text[512];
  size_t len;
  char *data = mail_make(template, &len);
  trpt_mail *mail;
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_new(&mail, options), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  snprintf(text, sizeof text, "%s %.*s%s%s%s:", trpt_dkim_result_name(item->dkim),
           item->dkim_domain.ptr ? (int)item->dkim_domain.len : 1, item->dkim_domain.ptr ? item->dkim_domain.ptr : "-",
           item->signer & TRPT_SIGNER_IS_FROM ? " from" : "",
           item->signer & TRPT_SIGNER_IS_SUBMITTER ? " submitter" : "",
           item->signer & TRPT_SIGNER_IS_CONTACT ? " contact" : "");
  char *at = text + strlen(text);
  if (item->error)
    sprintf(at, " %s %s", trpt_status_name(item->error->status), item->error->code);
  else
    assert_non_null(item->report);
  for (uint32_t i = 0; i < item->diagnostic_count; i++)
    if (strstr(trpt_mail_diagnostic(mail, i)->code, "dkim")) {
      at += strlen(at);
      sprintf(at, " %s", trpt_mail_diagnostic(mail, i)->code);
    }
  trpt_mail_free(mail);
  free(data);
  return text;
}

typedef struct row {
  const char *reason;
  const char *header; /* in front of a good mail */
  const char *expected;
} row;

static void check(const row *rows, size_t count, const trpt_mail_options *options) {
  unsigned failed = 0;
  for (size_t i = 0; i < count; i++) {
    char template[8192];
    snprintf(template, sizeof template, "%s%s", rows[i].header, MAIL_GOOD);
    const char *described = describe(template, options);
    if (strcmp(described, rows[i].expected) == 0) continue;
    print_error("%s:\n  %s\nexpected:\n  %s\n", rows[i].reason, described, rows[i].expected);
    failed++;
  }
  assert_int_equal(failed, 0);
}

#define SIGNATURE(domain, more)                                                                                        \
  "DKIM-Signature: v=1; a=rsa-sha256; d=" domain                                                                       \
  ";\n s=k; bh=; b=; h=from:\n\ttls-report-domain: tls-report-submitter" more "\n"
#define PASSED "pass example.net from submitter contact:"
#define NONE   "none -: mail.no-dkim"

/* RFC 8601 s2.2. */
static void test_authentication_results(void **state) {
  (void)state;
  static const row rows[] = {
      {"passed", "Authentication-Results: mx.example.com; dkim=pass header.d=example.net\n", PASSED},
      {"no field", "", NONE},
      {"another server", "Authentication-Results: mx.example.org; dkim=pass header.d=example.net\n", NONE},
      {"a server whose name begins so",
       "Authentication-Results: mx.example.com.evil.example; dkim=pass header.d=example.net\n", NONE},
      {"a server whose name ends so", "Authentication-Results: evil.mx.example.com; dkim=pass header.d=example.net\n",
       NONE},
      {"the name in a comment",
       "Authentication-Results: (mx.example.com) evil.example; dkim=pass header.d=example.net\n", NONE},
      {"the name behind another",
       "Authentication-Results: evil.example mx.example.com; dkim=pass header.d=example.net\n", NONE},
      {"other case", "authentication-results: MX.Example.COM; DKIM=Pass Header.D=Example.NET\n",
       "pass Example.NET from submitter contact:"},
      {"the name in quotes", "Authentication-Results: \"mx.example\\.com\"; dkim=pass header.d=\"example.net\"\n",
       PASSED},
      {"a version", "Authentication-Results: mx.example.com 1; dkim=pass header.d=example.net\n", PASSED},
      {"a version that is not known", "Authentication-Results: mx.example.com 2; dkim=pass header.d=example.net\n",
       NONE},
      {"comments everywhere",
       "Authentication-Results: (a) mx.example.com (b (c) \\)) 1 (d) ; (e) dkim (f) / (g) 1 (h) = (i) pass (j; "
       "dkim=fail)\n"
       "\theader.d (k) = (l) example.net (m)\n",
       PASSED},
      {"a reason",
       "Authentication-Results: mx.example.com; dkim=pass reason=\"good; dkim=fail\" header.d=example.net\n", PASSED},
      {"among other methods",
       "Authentication-Results: mx.example.com; iprev=pass\n\tpolicy.iprev=2001:db8::2; spf=pass "
       "smtp.mailfrom=a@example.net;\n dkim=pass (1024 bit rsa)\n\theader.d=example.net header.s=a "
       "header.b=Us/lkmPE/b1N; dmarc=pass header.from=example.net\n",
       PASSED},
      {"only the identity", "Authentication-Results: mx.example.com; dkim=pass header.i=@example.net\n", PASSED},
      {"an identity below the domain",
       "Authentication-Results: mx.example.com; dkim=pass header.i=a@mail.example.net header.d=example.net\n", PASSED},
      {"none", "Authentication-Results: mx.example.com; none\n", NONE},
      {"dkim=none", "Authentication-Results: mx.example.com; dkim=none\n", NONE},
      {"failed", "Authentication-Results: mx.example.com; dkim=fail header.d=example.net\n",
       "fail example.net: mail.no-dkim"},
      {"an error that passes", "Authentication-Results: mx.example.com; dkim=temperror header.d=example.net\n",
       "temperror example.net: mail.no-dkim"},
      {"an unknown result", "Authentication-Results: mx.example.com; dkim=passed header.d=example.net\n",
       "unknown example.net: mail.no-dkim"},
      {"passed without a domain", "Authentication-Results: mx.example.com; dkim=pass\n", "pass -: mail.no-dkim"},
      {"another method that passed", "Authentication-Results: mx.example.com; xdkim=pass header.d=example.net\n", NONE},
      {"passed in a comment", "Authentication-Results: mx.example.com; dkim=fail (dkim=pass) header.d=example.net\n",
       "fail example.net: mail.no-dkim"},
      {"the domain in another property", "Authentication-Results: mx.example.com; dkim=pass smtp.d=example.net\n",
       "pass -: mail.no-dkim"},
      {"an identity after the domain",
       "Authentication-Results: mx.example.com; dkim=pass header.d=example.net header.i=@example.org\n", PASSED},
      {"a second identity",
       "Authentication-Results: mx.example.com; dkim=pass header.i=@example.org header.i=@example.net\n", PASSED},
      {"a property without a value", "Authentication-Results: mx.example.com; dkim=pass odd header.d=example.net\n",
       PASSED},
      {"a property without a name", "Authentication-Results: mx.example.com; dkim=pass =x header.d=example.net\n",
       NONE},
      {"no method", "Authentication-Results: mx.example.com; =pass header.d=example.net\n", NONE},
      {"a version in quotes that do not end", "Authentication-Results: mx.example.com \"1\n", NONE},
      {"a name alone", "Authentication-Results: mx.example.com\n", NONE},
      {"a name and a comment that does not end", "Authentication-Results: mx.example.com (a\\\n", NONE},
      {"a quoted pair at the end", "Authentication-Results: mx.example.com; dkim=\"pass\\\n", NONE},
      {"a result that is closed by a parenthesis",
       "Authentication-Results: mx.example.com; dkim=pass) header.d=example.net\n",
       "unknown example.net: mail.no-dkim"},
      {"a closing parenthesis before the name",
       "Authentication-Results: )mx.example.com; dkim=pass header.d=example.net\n", NONE},
      {"a backslash before the name", "Authentication-Results: \\mx.example.com; dkim=pass header.d=example.net\n",
       NONE},
      {"a result that breaks off", "Authentication-Results: mx.example.com; dkim=pass header.d=\"example.net\n", NONE},
      {"the topmost of two counts",
       "Authentication-Results: mx.example.com; dkim=fail header.d=example.net\n"
       "Authentication-Results: mx.example.com; dkim=pass header.d=example.net\n",
       "fail example.net: mail.no-dkim"},
      {"one above that does not speak of DKIM",
       "Authentication-Results: mx.example.com; dmarc=pass header.from=example.net\n"
       "Authentication-Results: mx.example.com; dkim=pass header.d=example.net\n",
       PASSED},
      {"one above of another server",
       "Authentication-Results: mx.example.org; dkim=fail header.d=example.net\n"
       "Authentication-Results: mx.example.com; dkim=pass header.d=example.net\n",
       PASSED},
      {"the name of another field", "Authentication-Results-Original: mx.example.com; dkim=pass header.d=example.net\n",
       NONE},
      {"two results in one field",
       "Authentication-Results: mx.example.com; dkim=fail header.d=example.net; dkim=pass header.d=example.net\n",
       PASSED},
  };
  trpt_mail_options options = {.struct_size = sizeof options, TRUSTED};
  check(rows, COUNT(rows), &options);
}

/* Which of several signatures counts: one that passed and is of the reporting domain, RFC 8460 s3. */
static void test_signer(void **state) {
  (void)state;
#define RESULT(domain) " dkim=pass header.d=" domain
#define RESULTS        "Authentication-Results: mx.example.com;"
  static const row rows[] = {
      {"the parent", RESULTS RESULT("net") ";" RESULT("example.net") "\n", PASSED},
      {"a top-level domain", RESULTS RESULT("net") "\n", "pass net: mail.no-dkim"},
      {"a child", RESULTS RESULT("mail.example.net") "\n", "pass mail.example.net: mail.no-dkim"},
      {"one that ends so", RESULTS RESULT("xexample.net") "\n", "pass xexample.net: mail.no-dkim"},
      {"a mailing list", RESULTS RESULT("lists.example.org") "\n", "pass lists.example.org: mail.no-dkim"},
      {"a mailing list and the sender", RESULTS RESULT("lists.example.org") ";" RESULT("example.net") "\n", PASSED},
      {"one that passed before one that did not",
       RESULTS " dkim=fail header.d=example.net;" RESULT("lists.example.org") "\n",
       "pass lists.example.org: mail.no-dkim"},
      {"two From", RESULTS RESULT("example.net") "\nFrom: a@example.net\n", "pass example.net submitter contact:"},
      {"two From and two TLS-Report-Submitter",
       RESULTS RESULT("example.net") "\nFrom: a@example.net\nTLS-Report-Submitter: example.net\n",
       "pass example.net contact: mail.no-dkim"},
      {"l=", RESULTS RESULT("example.net") "\n" SIGNATURE("example.net", "; l=0"), PASSED " mail.dkim-l-tag"},
      {"l= of another domain",
       RESULTS RESULT("example.net") "\n" SIGNATURE("example.org", "; l=0") SIGNATURE("example.net", ""), PASSED},
      {"l=, and another domain without",
       "From: a@mail.example.net\n" RESULTS RESULT("mail.example.net") ";" RESULT("example.net") "\n" SIGNATURE(
           "mail.example.net", "; l=0") SIGNATURE("example.net", ""),
       "pass example.net submitter contact:"},
      {"fields that are not signed",
       RESULTS RESULT("example.net") "\nDKIM-Signature: v=1; d=example.net; h=from:to; b=\n",
       PASSED " mail.dkim-headers-unsigned"},
      {"no h=", RESULTS RESULT("example.net") "\nDKIM-Signature: v=1; d=example.net; b=\n",
       PASSED " mail.dkim-headers-unsigned"},
  };
  trpt_mail_options options = {.struct_size = sizeof options, TRUSTED};
  check(rows, COUNT(rows), &options);
}

/* A finding is at the first signature of the domain, behind other fields and signatures. */
static void test_position(void **state) {
  (void)state;
  const trpt_mail_options options = {.struct_size = sizeof options, TRUSTED};
  trpt_mail *mail;
  const trpt_mail_item *item;
  size_t len;
  /* A signature has three lines. */
  char *data = mail_make("X: 1\n" SIGNATURE("example.org", "") SIGNATURE("example.net", "")
                             SIGNATURE("example.net", "; l=0") RESULTS RESULT("example.net") "\n" MAIL_GOOD,
                         &len);
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  bool is_found = false;
  for (uint32_t i = 0; i < item->diagnostic_count; i++) {
    const trpt_diagnostic *d = trpt_mail_diagnostic(mail, i);
    if (strcmp(d->code, "mail.dkim-l-tag") != 0) continue;
    is_found = true;
    assert_int_equal(d->line, 5);
    assert_int_equal(d->column, 1);
  }
  assert_true(is_found);
  trpt_mail_free(mail);
  free(data);
}

/* A domain of 253 bytes can sign, and a longer name is no domain. */
static void test_longest_name(void **state) {
  (void)state;
  const trpt_mail_options options = {.struct_size = sizeof options, TRUSTED};
  for (int len = 252; len <= 254; len++) {
    char name[256], template[4096];
    for (int i = 0; i < len; i++) name[i] = i % 64 == 63 ? '.' : 'a';
    name[len] = '\0';
    snprintf(template, sizeof template, "From: a@%s\nTLS-Report-Submitter: %s\n" RESULTS " dkim=pass header.d=%s\n%s",
             name, name, name, MAIL_MULTIPART MAIL_TEXT MAIL_REPORT "--b--\n");
    trpt_mail *mail;
    const trpt_mail_item *item;
    size_t template_len;
    char *data = mail_make(template, &template_len);
    assert_int_equal(trpt_mail_new(&mail, &options), TRPT_OK);
    assert_int_equal(trpt_mail_open_bytes(mail, data, template_len), TRPT_OK);
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
    assert_int_equal(item->signer & (TRPT_SIGNER_IS_FROM | TRPT_SIGNER_IS_SUBMITTER),
                     len <= 253 ? TRPT_SIGNER_IS_FROM | TRPT_SIGNER_IS_SUBMITTER : 0);
    trpt_mail_free(mail);
    free(data);
  }
}

static void test_required(void **state) {
  (void)state;
  static const row rows[] = {
      {"good", RESULTS RESULT("example.net") "\n", PASSED},
      {"none", "", "none -: TRPT_E_MAIL mail.no-dkim mail.no-dkim"},
      {"failed", RESULTS " dkim=fail header.d=example.net\n",
       "fail example.net: TRPT_E_MAIL mail.no-dkim mail.no-dkim"},
      {"of another domain", RESULTS RESULT("example.org") "\n",
       "pass example.org: TRPT_E_MAIL mail.no-dkim mail.no-dkim"},
      {"l=", RESULTS RESULT("example.net") "\n" SIGNATURE("example.net", "; l=0"),
       PASSED " TRPT_E_MAIL mail.dkim-l-tag mail.dkim-l-tag"},
  };
  trpt_mail_options options = {.struct_size = sizeof options, .flags = TRPT_MAIL_REQUIRE_DKIM, TRUSTED};
  check(rows, COUNT(rows), &options);

  /* Nobody is trusted: nothing is good enough. */
  const row nobody = {"nobody was asked", RESULTS RESULT("example.net") "\n",
                      "unknown -: TRPT_E_MAIL mail.no-dkim mail.no-dkim"};
  options.authserv_id_count = 0;
  check(&nobody, 1, &options);
  assert_string_equal(describe("%J", &options), "unknown -: TRPT_E_MAIL mail.no-dkim");
}

#define FIELD      "Authentication-Results: "
#define GOOD       " dkim=pass header.d=example.net"
#define BAD        " dkim=fail header.d=example.net"
#define NOT_PASSED "fail example.net: mail.no-dkim"

/* Several servers of the caller: the topmost field of any of them counts. The list may be released after trpt_mail_new. */
static void test_several_servers(void **state) {
  (void)state;
  static const row rows[] = {
      {"the first server", FIELD "mx1.example.com;" GOOD "\n", PASSED},
      {"the second server", FIELD "mx2.example.com;" GOOD "\n", PASSED},
      {"both, the topmost failed", FIELD "mx2.example.com;" BAD "\n" FIELD "mx1.example.com;" GOOD "\n", NOT_PASSED},
      {"both, the topmost passed", FIELD "mx1.example.com;" GOOD "\n" FIELD "mx2.example.com;" BAD "\n", PASSED},
      {"another server", FIELD "mx3.example.com;" GOOD "\n", NONE},
      {"a name with the first as its beginning", FIELD "mx1.example.com.example;" GOOD "\n", NONE},
      {"a name made of both", FIELD "mx1.example.commx2.example.com;" GOOD "\n", NONE},
      {"no name", FIELD GOOD "\n", NONE},
  };
  const trpt_str servers[] = {IS("mx1.example.com"), IS("mx2.example.com")};
  trpt_mail_options options = {.struct_size = sizeof options, .authserv_ids = servers, .authserv_id_count = 2};
  check(rows, COUNT(rows), &options);

  size_t len;
  char *data = mail_make(FIELD "mx2.example.com;" GOOD "\n" MAIL_GOOD, &len);
  char text[] = "mx2.example.com";
  trpt_str server = {text, sizeof text - 1};
  trpt_mail *mail;
  const trpt_mail_item *item;
  options.authserv_ids = &server;
  options.authserv_id_count = 1;
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_OK);
  memset(text, 'x', sizeof text);
  server = (trpt_str){0};
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_int_equal(item->dkim, TRPT_DKIM_PASS);
  trpt_mail_free(mail);
  free(data);
}

/* TRPT_MAIL_TRUST_UNNAMED: the first field counts if it has no authserv-id, and no other field does. */
static void test_unnamed(void **state) {
  (void)state;
#define WITHIN(outer, inner) outer "From: a@example.org\nContent-Type: message/rfc822\n\n" inner MAIL_GOOD
#define EXCHANGE(result)                                                                                               \
  FIELD "spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=example.net; dkim=" result                                  \
        " (signature was verified)\n header.d=example.net;dmarc=pass action=none\n "                                   \
        "header.from=example.net;compauth=pass reason=100\n"
  static const row rows[] = {
      {"Exchange Online", EXCHANGE("pass"), PASSED},
      {"Exchange Online, failed", EXCHANGE("fail"), NOT_PASSED},
      {"DKIM first", FIELD "dkim=pass header.d=example.net\n", PASSED},
      {"comments and a version of the method", FIELD "(a) dkim (b) / 1 (c) = pass header.d=example.net\n", PASSED},
      {"not the first header field", "Received: from a by b\n" EXCHANGE("pass"), PASSED},
      {"below a field with a name", FIELD "mx.example.com; spf=pass\n" EXCHANGE("pass"), NONE},
      {"below an empty field", FIELD "\n" EXCHANGE("pass"), NONE},
      {"below one without a result for DKIM", FIELD "spf=pass\n" EXCHANGE("pass"), NONE},
      {"two without a name", EXCHANGE("fail") EXCHANGE("pass"), NOT_PASSED},
      {"a name", FIELD "mx.example.com;" GOOD "\n", NONE},
      {"a name and a version", FIELD "mx.example.com 1;" GOOD "\n", NONE},
      {"a name in quotes", FIELD "\"dkim\"=pass header.d=example.net;" GOOD "\n", NONE},
      {"a name that is a method", FIELD "dkim;" GOOD "\n", NONE},
      {"a name with a slash", FIELD "mx/1;" GOOD "\n", NONE},
      {"a slash without a version", FIELD "dkim/=pass header.d=example.net\n", NONE},
      {"only a comment", FIELD "(dkim=pass header.d=example.net)\n", NONE},
      {"a method without a result", FIELD "dkim=;" GOOD "\n", NONE},
      {"the beginning of an ARC field", FIELD "i=1; mx.example.com;" GOOD "\n", NONE},
      {"ARC", "ARC-Authentication-Results: i=1;" GOOD "\n", NONE},
      {"no field", "", NONE},
  };
  trpt_mail_options options = {.struct_size = sizeof options, .flags = TRPT_MAIL_TRUST_UNNAMED};
  check(rows, COUNT(rows), &options);
  assert_string_equal(describe(WITHIN("", EXCHANGE("pass")), &options), NONE);
  assert_string_equal(describe(WITHIN(EXCHANGE("pass"), EXCHANGE("fail")), &options), PASSED);

  /* Together with a named server. */
  static const row both[] = {
      {"a name", FIELD "mx.example.com;" GOOD "\n", PASSED},
      {"no name", EXCHANGE("pass"), PASSED},
      {"the topmost counts", EXCHANGE("fail") FIELD "mx.example.com;" GOOD "\n", NOT_PASSED},
      {"no name and no result above", FIELD "spf=pass\n" FIELD "mx.example.com;" GOOD "\n", PASSED},
      {"no name below another server", FIELD "mx.example.org;" BAD "\n" EXCHANGE("pass"), NONE},
  };
  options.authserv_ids = &trusted;
  options.authserv_id_count = 1;
  check(both, COUNT(both), &options);

  /* Without the flag, a field without a name is never trusted, even if it begins like a name in the list. */
  static const row unflagged[] = {{"no name", EXCHANGE("pass"), NONE}};
  const trpt_str odd = IS("spf=pass");
  options.flags = 0;
  options.authserv_ids = &odd;
  check(unflagged, COUNT(unflagged), &options);
}

/* With TRPT_STRICT, the first error-level diagnostic about the mail becomes the error. */
static void test_strict(void **state) {
  (void)state;
  static const row rows[] = {
      {"good", RESULTS RESULT("example.net") "\n", PASSED},
      {"no signature", "", "none -: TRPT_E_MAIL mail.no-dkim mail.no-dkim"},
      {"l=", RESULTS RESULT("example.net") "\n" SIGNATURE("example.net", "; l=0"),
       PASSED " TRPT_E_MAIL mail.dkim-l-tag mail.dkim-l-tag"},
      {"a warning", RESULTS RESULT("example.net") "\nDKIM-Signature: v=1; d=example.net; h=from:to; b=\n",
       PASSED " mail.dkim-headers-unsigned"},
  };
  const trpt_options strict = {.struct_size = sizeof strict, .flags = TRPT_STRICT};
  trpt_mail_options options = {.struct_size = sizeof options, .report = &strict, TRUSTED};
  check(rows, COUNT(rows), &options);
  options.authserv_id_count = 0;
  static const char no_fields[] = "From: a@example.net\n" MAIL_MULTIPART MAIL_TEXT MAIL_REPORT;
  assert_string_equal(describe(no_fields, &options), "unknown -: TRPT_E_MAIL mail.missing-tls-report-domain");
  options.report = NULL;
  assert_string_equal(describe(no_fields, &options), "unknown -:");

  /* The error has the position of the diagnostic in the mail. */
  static const char bad_type[] =
      MAIL_HEADER "Content-Type: multipart/report; report-type=other; boundary=b\n\n" MAIL_TEXT MAIL_REPORT;
  size_t len;
  char *data = mail_make(bad_type, &len);
  trpt_mail *mail;
  const trpt_mail_item *item;
  options.report = &strict;
  assert_int_equal(trpt_mail_new(&mail, &options), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
  assert_null(item->report);
  assert_int_equal(item->error->status, TRPT_E_MAIL);
  assert_string_equal(item->error->code, "mail.bad-report-type");
  assert_string_equal(item->error->where, "Content-Type");
  const trpt_diagnostic *diagnostic = trpt_mail_diagnostic(mail, item->diagnostic_count - 1);
  assert_string_equal(diagnostic->code, "mail.bad-report-type");
  assert_int_equal(item->error->line, diagnostic->line);
  assert_int_equal(item->error->offset, diagnostic->offset);
  assert_true(diagnostic->offset > 0);
  trpt_mail_free(mail);
  free(data);
}

/* A report in a mail that was forwarded: only the outermost mail was seen by the server that is trusted. */
static void test_forwarded(void **state) {
  (void)state;
  static const struct {
    const char *reason;
    const char *mail;
    const char *expected;
  } rows[] = {
      {"signed by who forwarded it", WITHIN(RESULTS RESULT("example.org") "\n", ""), "pass example.org: mail.no-dkim"},
      {"the inner mail says that it was good", WITHIN("", RESULTS RESULT("example.net") "\n"), NONE},
      {"forwarded by the sender itself, with a signature that covers little",
       WITHIN("DKIM-Signature: d=example.net; h=from\n" RESULTS RESULT("example.net") "\n", ""), PASSED},
      {"forwarded by the sender itself", WITHIN(RESULTS RESULT("example.net") "\n", ""), PASSED},
  };
  trpt_mail_options options = {.struct_size = sizeof options, TRUSTED};
  for (size_t i = 0; i < COUNT(rows); i++) assert_string_equal(describe(rows[i].mail, &options), rows[i].expected);
}

/* ---- the caller's word ---- */

typedef struct verifier {
  const trpt_dkim_signature *signatures;
  uint32_t count;
  uint32_t calls;
  trpt_mail *mail;
} verifier;

static int verify(void *user, const void *mail, size_t len, uint32_t index, trpt_dkim_signature *out) {
  verifier *v = user;
  assert_int_equal(index, v->calls++);
  assert_true(len > 4 && memcmp(mail, "From", 4) == 0);
  /* Nothing may be asked of the library from here. */
  if (v->mail) {
    const trpt_mail_item *item;
    assert_int_equal(trpt_mail_next(v->mail, &item), TRPT_E_STATE);
    assert_int_equal(trpt_mail_open_bytes(v->mail, "{}", 2), TRPT_E_STATE);
    trpt_mail_free(v->mail);
  }
  if (index >= v->count) return 0;
  out->result = v->signatures[index].result;
  out->domain = v->signatures[index].domain;
  out->key_services = v->signatures[index].key_services;
  return 1;
}

static void test_verify(void **state) {
  (void)state;
  const trpt_dkim_signature good = {.result = TRPT_DKIM_PASS, .domain = IS("example.net")};
  const trpt_dkim_signature other = {.result = TRPT_DKIM_PASS, .domain = IS("example.org")};
  const trpt_dkim_signature failed = {.result = TRPT_DKIM_FAIL, .domain = IS("example.net")};
  const trpt_dkim_signature empty = {.result = TRPT_DKIM_PASS};
  const trpt_dkim_signature odd = {.result = 77, .domain = IS("example.net")};
  const trpt_dkim_signature for_email = {
      .result = TRPT_DKIM_PASS, .domain = IS("example.net"), .key_services = IS("email")};
  const struct {
    trpt_dkim_signature signatures[3];
    uint32_t count;
    const char *expected;
  } rows[] = {
      {{good}, 1, PASSED},
      {{other, failed, good}, 3, PASSED},
      {{{0}}, 0, NONE},
      {{failed, other}, 2, "pass example.org: mail.no-dkim"},
      {{failed}, 1, "fail example.net: mail.no-dkim"},
      {{empty}, 1, "pass -: mail.no-dkim"},
      {{odd}, 1, "unknown example.net: mail.no-dkim"},
      {{for_email}, 1, PASSED " mail.dkim-service-type"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    verifier v = {rows[i].signatures, rows[i].count, 0, NULL};
    /* It goes before what a field says. */
    trpt_mail_options options = {.struct_size = sizeof options, TRUSTED, .verify = verify, .verify_user = &v};
    assert_string_equal(
        describe(MAIL_HEADER RESULTS RESULT("example.org") "\n" MAIL_MULTIPART MAIL_TEXT MAIL_REPORT, &options),
        rows[i].expected);
    assert_int_equal(v.calls, rows[i].count + 1);
  }
}

/* More results or signatures than are kept, the first of which count. */
static void test_many(void **state) {
  (void)state;
  char header[4096] = RESULTS;
  for (int i = 0; i < 20; i++) {
    strcat(header, i == 15 ? RESULT("example.net") : i < 15 ? RESULT("example.org") : " dkim=fail");
    strcat(header, ";");
  }
  strcat(header, "\n" MAIL_GOOD);
  const trpt_mail_options trusting = {.struct_size = sizeof trusting, TRUSTED};
  assert_string_equal(describe(header, &trusting), PASSED);
  char long_token[4096] = RESULTS " dkim=pass header.d=";
  memset(long_token + strlen(long_token), 'a', 600);
  strcat(long_token, ";" RESULT("example.net") "\n" MAIL_GOOD);
  assert_string_equal(describe(long_token, &trusting), PASSED);
  trpt_dkim_signature signatures[20];
  for (size_t i = 0; i < COUNT(signatures); i++)
    signatures[i] = (trpt_dkim_signature){.result = TRPT_DKIM_PASS, .domain = IS("example.net")};
  verifier v = {signatures, COUNT(signatures), 0, NULL};
  const trpt_mail_options options = {.struct_size = sizeof options, .verify = verify, .verify_user = &v};
  assert_string_equal(describe(MAIL_GOOD, &options), PASSED);
  assert_int_equal(v.calls, 16);
}

/* Several signatures of one domain, of which none is right alone, and tags that cannot be read. */
static void test_signatures(void **state) {
  (void)state;
  static const row rows[] = {
      {"two signatures of the domain",
       SIGNATURE("example.net", "") SIGNATURE("example.net", "; l=1") RESULTS RESULT("example.net") "\n",
       PASSED " mail.dkim-l-tag"},
      {"two signatures of the domain, the other one first",
       SIGNATURE("example.net", "; l=1") SIGNATURE("example.net", "") RESULTS RESULT("example.net") "\n",
       PASSED " mail.dkim-l-tag"},
      {"two signatures, of which the first one has the fields",
       SIGNATURE("example.net", "") "DKIM-Signature: d=example.net; h=from\n" RESULTS RESULT("example.net") "\n",
       PASSED},
      {"two signatures, of which the second one has the fields",
       "DKIM-Signature: d=example.net; h=from\n" SIGNATURE("example.net", "") RESULTS RESULT("example.net") "\n",
       PASSED},
      {"a tag without a value", "DKIM-Signature: v; d=example.net; h=from\n" RESULTS RESULT("example.net") "\n",
       PASSED " mail.dkim-headers-unsigned"},
      {"fields that are signed in part",
       "DKIM-Signature: d=example.net; h=TLS-Report-Domain\n" RESULTS RESULT("example.net") "\n",
       PASSED " mail.dkim-headers-unsigned"},
      {"no fields", "DKIM-Signature: d=example.net\n" RESULTS RESULT("example.net") "\n",
       PASSED " mail.dkim-headers-unsigned"},
      {"no signature", RESULTS RESULT("example.net") "\n", PASSED},
  };
  const trpt_mail_options options = {.struct_size = sizeof options, TRUSTED};
  check(rows, COUNT(rows), &options);
}

static void test_verify_must_not_call_back(void **state) {
  (void)state;
  size_t len;
  char *data = mail_make(MAIL_GOOD, &len);
  verifier v = {NULL, 0, 0, NULL};
  const trpt_mail_options options = {.struct_size = sizeof options, .verify = verify, .verify_user = &v};
  const trpt_mail_item *item;
  assert_int_equal(trpt_mail_new(&v.mail, &options), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(v.mail, data, len), TRPT_OK);
  assert_int_equal(trpt_mail_next(v.mail, &item), TRPT_OK);
  assert_non_null(item->report);
  trpt_mail_free(v.mail);
  free(data);
}

/* Each name is written and read, RFC 8601 s2.7.1. */
static void test_names(void **state) {
  (void)state;
  static const char *const names[] = {
      [TRPT_DKIM_UNKNOWN] = "unknown",     [TRPT_DKIM_NONE] = "none",          [TRPT_DKIM_PASS] = "pass",
      [TRPT_DKIM_FAIL] = "fail",           [TRPT_DKIM_POLICY] = "policy",      [TRPT_DKIM_NEUTRAL] = "neutral",
      [TRPT_DKIM_TEMPERROR] = "temperror", [TRPT_DKIM_PERMERROR] = "permerror"};
  trpt_mail_options options = {.struct_size = sizeof options, TRUSTED};
  for (trpt_dkim_result i = 0; i < (trpt_dkim_result)COUNT(names); i++) {
    char template[8192];
    assert_string_equal(trpt_dkim_result_name(i), names[i]);
    snprintf(template, sizeof template, "Authentication-Results: mx.example.com; dkim=%s header.d=example.net\n%s",
             names[i], MAIL_GOOD);
    const char *described = describe(template, &options);
    const size_t len = strlen(names[i]);
    if (strncmp(described, names[i], len) != 0 || described[len] != ' ') fail_msg("%s: %s", names[i], described);
  }
  assert_string_equal(trpt_dkim_result_name(TRPT_DKIM_PERMERROR + 1), "unknown");
  assert_string_equal(trpt_dkim_result_name(-1), "unknown");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_authentication_results),
      cmocka_unit_test(test_signer),
      cmocka_unit_test(test_position),
      cmocka_unit_test(test_longest_name),
      cmocka_unit_test(test_required),
      cmocka_unit_test(test_several_servers),
      cmocka_unit_test(test_unnamed),
      cmocka_unit_test(test_strict),
      cmocka_unit_test(test_forwarded),
      cmocka_unit_test(test_verify),
      cmocka_unit_test(test_many),
      cmocka_unit_test(test_signatures),
      cmocka_unit_test(test_verify_must_not_call_back),
      cmocka_unit_test(test_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
