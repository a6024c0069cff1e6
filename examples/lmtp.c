/* SPDX-License-Identifier: MIT */
/* Receives mail by LMTP (RFC 2033) on standard input and prints one line for each TLS report in it to standard error, like a
   delivery agent that inetd or a socket unit starts. The mail is pushed into libtrpt-mail line by line. usage: lmtp
   It accepts every mail and stores none, so it must get a copy of the mail and not the only one. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <tlsrpt/mail.h>

/* A chunk of a line of the mail; longer lines come in several. */
enum { CHUNK_SIZE = 4096 };

/* Answers. Returns false if the client is gone. */
static bool answer(const char *text) { return printf("%s\r\n", text) > 0 && fflush(stdout) == 0; }

static void show(const trpt_mail_item *item) {
  if (item->report) {
    const trpt_metadata *metadata = trpt_report_metadata(item->report);
    fprintf(stderr, "report of %u policies, DKIM %s\n", (unsigned)metadata->policy_count,
            trpt_dkim_result_name(item->dkim));
  } else if (!item->is_other_content) {
    fprintf(stderr, "not readable: %s\n", item->error->message);
  }
}

/* Reads the mail up to the line with a single dot. Returns false if the client is gone before. */
static bool receive(trpt_mail *mail) {
  char line[CHUNK_SIZE];
  bool begins_line = true;
  while (fgets(line, sizeof line, stdin)) {
    const char *text = line;
    if (begins_line && (strcmp(line, ".\r\n") == 0 || strcmp(line, ".\n") == 0)) return true;
    if (begins_line && *text == '.') text++; /* RFC 5321 s4.5.2 */
    const size_t len = strlen(text);
    begins_line = len && text[len - 1] == '\n';
    trpt_mail_feed(mail, text, len); /* trpt_mail_finish repeats an error */
  }
  return false;
}

/* One mail. Returns false if the client is gone; then the part of a mail that was received is abandoned. */
static bool deliver(trpt_mail *mail, unsigned recipients) {
  const trpt_mail_item *item;
  if (!recipients) return answer("503 5.5.1 No recipient");
  if (!answer("354 End the mail with a single dot")) return false;
  if (!receive(mail)) {
    trpt_mail_reset(mail);
    return false;
  }
  trpt_status status = trpt_mail_finish(mail);
  while (status == TRPT_OK && (status = trpt_mail_next(mail, &item)) == TRPT_OK) show(item);
  while (recipients--)
    if (!answer(status == TRPT_END ? "250 2.0.0 Read" : "451 4.3.0 Not enough memory")) return false;
  return true;
}

static bool begins(const char *line, const char *command) { return strncasecmp(line, command, strlen(command)) == 0; }

int main(void) {
  char line[1024];
  unsigned recipients = 0;
  bool is_open = answer("220 example LMTP");
  trpt_mail *mail;
  if (trpt_mail_new(&mail, NULL) != TRPT_OK) return 1;
  while (is_open && fgets(line, sizeof line, stdin)) {
    if (begins(line, "LHLO")) {
      is_open = answer("250-example") && answer("250-PIPELINING") && answer("250 8BITMIME");
    } else if (begins(line, "MAIL FROM:") || begins(line, "RSET")) {
      recipients = 0;
      is_open = answer("250 2.0.0 OK");
    } else if (begins(line, "RCPT TO:")) {
      recipients++;
      is_open = answer("250 2.1.5 OK");
    } else if (begins(line, "DATA")) {
      is_open = deliver(mail, recipients);
      recipients = 0;
    } else if (begins(line, "QUIT")) {
      answer("221 2.0.0 Bye");
      break;
    } else {
      is_open = answer(begins(line, "NOOP") ? "250 2.0.0 OK" : "500 5.5.1 Unknown command");
    }
  }
  trpt_mail_free(mail);
  return 0;
}
