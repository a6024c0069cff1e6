/* SPDX-License-Identifier: MIT */
/* What a program outside needs of an installed libtrpt: its headers, and each part of the library linked in. */
#include <stdio.h>
#include <string.h>

#include <tlsrpt/trpt.h>

int main(void) {
  static const char text[] = "v=TLSRPTv1; rua=mailto:reports@example.com";
  static const char json[] = "{\"policies\":[]}";
  trpt_record record;
  trpt_report *report = NULL;
  trpt_options options;
  trpt_status status;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;

  if (trpt_version_number() != TRPT_VERSION_NUMBER) return 1;
  if (trpt_record_parse(text, sizeof text - 1, TRPT_STRICT, &record, NULL) != TRPT_OK) return 2;
  if (trpt_report_parse(json, sizeof json - 1, &options, &report, NULL) != TRPT_OK) return 3;
  trpt_report_free(report);
  options.tokenizer = TRPT_TOKENIZER_YAJL;
  status = trpt_report_parse(json, sizeof json - 1, &options, &report, NULL);
  trpt_report_free(report);
  if (status != TRPT_OK && status != TRPT_E_UNSUPPORTED) return 4;
  printf("libtrpt %s\n", trpt_version());
  return 0;
}
