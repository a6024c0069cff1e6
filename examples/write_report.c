/* SPDX-License-Identifier: MIT */
/* Writes the record that asks for reports, and then a report as a sending server would write it, to standard output.
   usage: write_report */
#include <stdio.h>
#include <string.h>

#include <tlsrpt/trpt.h>

static int write_file(void *user, const char *data, size_t len) { return fwrite(data, 1, len, user) == len ? 0 : 1; }

static trpt_str str(const char *text) { return (trpt_str){text, strlen(text)}; }

static trpt_status write_report(trpt_writer *writer) {
  const trpt_metadata metadata = {
      .organization_name = str("Example Sender"),
      .contact_info = str("tls-reports@sender.example"),
      .report_id = str("2026-03-01-example.com"),
      .start = 1772323200, /* Unix seconds: all of 2026-03-01, UTC */
      .end = 1772409599,
  };
  const trpt_str lines[] = {str("version: STSv1"), str("mode: enforce"), str("mx: mx1.example.com"),
                            str("max_age: 604800")};
  const trpt_str patterns[] = {str("mx1.example.com")};
  const trpt_policy policy = {
      .type = TRPT_POLICY_STS,
      .domain = str("example.com"),
      .strings = lines,
      .string_count = 4,
      .mx_hosts = patterns,
      .mx_host_count = 1,
      .successful_sessions = 1200,
      .failed_sessions = 3,
      .present = TRPT_POLICY_HAS_POLICY | TRPT_POLICY_HAS_STRINGS | TRPT_POLICY_HAS_MX_HOSTS |
                 TRPT_POLICY_HAS_SUCCESSFUL | TRPT_POLICY_HAS_FAILED,
  };
  const trpt_failure failure = {
      .type = TRPT_RESULT_CERTIFICATE_EXPIRED,
      .sending_mta_ip = str("198.51.100.25"),
      .receiving_mx_hostname = str("mx1.example.com"),
      .failed_sessions = 3,
      .present = TRPT_FAILURE_HAS_FAILED_SESSIONS,
  };
  trpt_status status = trpt_writer_metadata(writer, &metadata);
  if (status == TRPT_OK) status = trpt_writer_policy(writer, &policy);
  if (status == TRPT_OK) status = trpt_writer_failure(writer, &failure);
  return status == TRPT_OK ? trpt_writer_end(writer) : status;
}

int main(void) {
  const trpt_str destinations[] = {str("mailto:tls-reports@example.com"), str("https://example.com/tlsrpt;v=1")};
  char memory[8192]; /* more than trpt_writer_size() */
  char record[256];
  trpt_writer *writer;
  if (trpt_record_write(destinations, 2, record, sizeof record, NULL) != TRPT_OK) return 1;
  printf("%s\n", record);
  if (trpt_writer_init(&writer, memory, sizeof memory, TRPT_PRETTY, write_file, stdout) != TRPT_OK) return 1;
  return write_report(writer) == TRPT_OK && fflush(stdout) == 0 ? 0 : 1;
}
