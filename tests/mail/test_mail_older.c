/* SPDX-License-Identifier: MIT */
/* libtrpt-mail with a libtrpt that is older and does not know some of its codes: what that one does not know is not reported. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mail_cases.h"

const char *__real_trpt_diagnostic_message(const char *code);
const char *__wrap_trpt_diagnostic_message(const char *code);

static bool is_older;

/* The linker calls this one in place of libtrpt's. */
const char *__wrap_trpt_diagnostic_message(const char *code) {
  static const char *const later[] = {"mail.uncompressed", "mail.no-report-part"};
  for (size_t i = 0; is_older && i < sizeof later / sizeof later[0]; i++)
    if (strcmp(code, later[i]) == 0) return NULL;
  return __real_trpt_diagnostic_message(code);
}

/* Two diagnostics, of which the older library knows one. */
#define PLAIN                                                                                                          \
  MAIL_HEADER MAIL_MULTIPART MAIL_TEXT "--b\nContent-Type: application/json\nContent-Transfer-Encoding: base64\n\n"    \
                                       "%j\n--b--\n"

static void test_diagnostics(void **state) {
  (void)state;
  is_older = false;
  assert_string_equal(mail_describe_template(PLAIN, NULL), "2 json 1@example.net [media-type-mismatch uncompressed]\n");
  is_older = true;
  assert_string_equal(mail_describe_template(PLAIN, NULL), "2 json 1@example.net [media-type-mismatch]\n");
}

static void test_errors(void **state) {
  (void)state;
  for (int older = 0; older < 2; older++) {
    size_t len;
    char *data = mail_make(MAIL_HEADER "Content-Type: text/plain\n\nNo report.\n", &len);
    trpt_mail *mail;
    const trpt_mail_item *item;
    is_older = older;
    assert_int_equal(trpt_mail_new(&mail, NULL), TRPT_OK);
    assert_int_equal(trpt_mail_open_bytes(mail, data, len), TRPT_OK);
    assert_int_equal(trpt_mail_next(mail, &item), TRPT_OK);
    assert_int_equal(item->error->status, TRPT_E_NO_REPORT);
    assert_string_equal(item->error->code, "mail.no-report-part");
    assert_string_equal(item->error->message, is_older ? trpt_status_message(TRPT_E_NO_REPORT)
                                                       : trpt_diagnostic_message("mail.no-report-part"));
    assert_int_equal(item->diagnostic_count, is_older ? 0 : 1);
    trpt_mail_free(mail);
    free(data);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_diagnostics), cmocka_unit_test(test_errors)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
