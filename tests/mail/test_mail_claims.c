/* SPDX-License-Identifier: MIT */
/* What claims to be a report and cannot be read, and what is other content: trpt_mail_item.is_other_content. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mail_cases.h"

/* An ordinary mail with an attachment. */
#define ORDINARY "From: a@example.net\nSubject: lunch\nContent-Type: multipart/mixed; boundary=b\n\n" MAIL_TEXT "--b\n"
#define ATTACHED(type, content)                                                                                        \
  ORDINARY "Content-Type: " type "\nContent-Transfer-Encoding: base64\n\n" content "\n--b--\n"
#define LABELLED(type, content)                                                                                        \
  MAIL_HEADER MAIL_MULTIPART MAIL_TEXT "--b\nContent-Type: " type "\nContent-Transfer-Encoding: base64\n\n" content    \
                                       "\n--b--\n"
/* In base64. */
#define GZIP_OF_DMARC    "H4sIAAAAAAAC/7Oxr8jNUShLLSrOzM+zVTLUM1Cyt+OySUtNTUlKTM62s9GHMwG87uPRKwAAAA=="
#define GZIP_OF_CUT      "H4sIAAAAAAAC/6tWyi9KT8zLrEosyczP081LzE1VslJKVNJRKsjPyQQAHfc9qB4AAAA="
#define GZIP_OF_JSON     "H4sIAAAAAAAC/6tWSlSyMqwFAK+sG1YHAAAA"
#define GZIP_OF_TEXT     "H4sIAAAAAAAC/8vJT1fIycxLLQYA39gLlQkAAAA="
#define GZIP_BROKEN      "H4sIAAAAAAAC/6t"
#define XZ               "/Td6WFoAAATm1rRG"
#define ZIP_BROKEN       "UEsDBBQAAAAIAA=="
#define MBOX_LINE        "From a@example.net Mon Mar  2 03:04:05 2026\n"
#define MAILBOX_OF(mail) MBOX_LINE mail "\n" MBOX_LINE "Subject: a\n\nb\n"

static const struct {
  const char *reason;
  const char *input;
  const char *items; /* kind of each item: "!" claims to be a report, "?" is other content, "+" is a report */
} cases[] = {
    {"a report", MAIL_GOOD, "+gzip "},
    {"an ordinary mail", "Subject: lunch\n\nAt noon?\n", "?message "},
    {"a header that claims it", MAIL_HEADER "\nno report\n", "!message "},
    {"a report-type that claims it", "Content-Type: multipart/report; report-type=\"tlsrpt\"; boundary=b\n\n",
     "!message "},
    {"an attached mail that claims it",
     ORDINARY "Content-Type: message/rfc822\n\nTLS-Report-Domain: a.example\n\n{\n--b--\n", "!message "},
    /* by content */
    {"gzip that was cut", ATTACHED("application/gzip", GZIP_BROKEN), "!gzip "},
    {"gzip of JSON text that was cut", ATTACHED("application/gzip", GZIP_OF_CUT), "!gzip "},
    {"JSON text that was cut", ORDINARY "Content-Type: application/octet-stream\n\n{\"policies\": [{\n--b--\n",
     "!json "},
    {"gzip of another JSON text", ATTACHED("application/gzip", GZIP_OF_JSON), "?message "},
    {"another JSON text", ORDINARY "Content-Type: application/json\n\n{\"a\": 1}\n--b--\n", "?message "},
    {"gzip of text", ATTACHED("application/gzip", GZIP_OF_TEXT), "?message "},
    {"a text that begins with a bracket", "Subject: a\n\n[EXTERNAL] b\n", "?message "},
    /* by name and by label */
    {"a name", ATTACHED("application/octet-stream; name=a.json.gz", "c29ycnk="), "!unknown "},
    {"a media type", ATTACHED("application/tlsrpt+gzip", "c29ycnk="), "!unknown "},
    {"xz in a report", LABELLED("application/octet-stream", XZ), "!xz "},
    {"xz in an ordinary mail", ATTACHED("application/octet-stream", XZ), "?message "},
    {"a zip that was cut in a report", LABELLED("application/zip", ZIP_BROKEN), "!unknown "},
    {"a zip that was cut in an ordinary mail", ATTACHED("application/zip", ZIP_BROKEN), "?message "},
    /* DMARC */
    {"DMARC as XML", ORDINARY "Content-Type: text/xml\n\n<?xml version=\"1.0\"?>\n<feedback></feedback>\n--b--\n",
     "?dmarc "},
    {"DMARC in gzip, by its name", ATTACHED("application/gzip; name=\"a!b!1!2.xml.gz\"", GZIP_OF_DMARC), "?dmarc "},
    {"DMARC in gzip that is named like text", ATTACHED("application/gzip; name=a.xml", GZIP_OF_DMARC), "?dmarc "},
    {"DMARC in gzip that was cut", ATTACHED("application/gzip; name=\"a!b!1!2.xml.gz\"", GZIP_BROKEN), "?dmarc "},
    {"a report of TLS that is named like one of DMARC", ATTACHED("application/gzip; name=\"a!b!1!2.xml.gz\"", "%G"),
     "+gzip "},
    /* inputs that are not mails */
    {"text", "sorry\n", "?unknown "},
    {"DMARC", "<feedback/>", "?dmarc "},
    {"HTML", "<!doctype html><p>", "?html "},
    {"JSON text that was cut, alone", "{\"policies\": [{", "!json "},
    {"another JSON text, alone", "[1]", "!json "},
    {"JSON text that was cut, after many blanks", "%B{\"policies\": [{", "!unknown "},
    {"UTF-16", "{%0\"%0a%0", "!wide-json "},
    /* mailboxes */
    {"an mbox with a report", MAILBOX_OF(MAIL_GOOD), "+gzip ?message "},
    {"an mbox with a report that cannot be read", MAILBOX_OF(MAIL_HEADER "\n{\n"), "!message ?message "},
    {"an mbox with a DMARC report", MAILBOX_OF(ATTACHED("application/gzip; name=a.xml.gz", GZIP_OF_DMARC)),
     "?dmarc ?message "},
};

static void describe(char *out, size_t size, const char *data, size_t len) {
  trpt_mail *mail;
  const trpt_mail_item *item;
  size_t used = 0;
  out[0] = '\0';
  assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
  while (trpt_mail_next(mail, &item) == TRPT_OK) {
    assert_true(item->error || !item->is_other_content);
    const char mark = item->report ? '+' : item->is_other_content ? '?' : '!';
    used += (size_t)snprintf(out + used, size - used, "%c%s ", mark, trpt_mail_kind_name(item->kind));
    assert_true(used < size);
  }
  trpt_mail_free(mail);
}

static void test_claims(void **state) {
  unsigned failed = 0;
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char items[256];
    size_t len;
    char *data = mail_make(cases[i].input, &len);
    describe(items, sizeof items, data, len);
    free(data);
    if (strcmp(items, cases[i].items) == 0) continue;
    print_error("%s: %s, not %s\n", cases[i].reason, items, cases[i].items);
    failed++;
  }
  assert_int_equal(failed, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_claims)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
