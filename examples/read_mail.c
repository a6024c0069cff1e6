/* SPDX-License-Identifier: MIT */
/* Lists all reports in a file of any kind: a mail, an mbox, a tar, a zip, gzip or plain JSON.
   usage: read_mail FILE [AUTHSERV-ID]... */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tlsrpt/mail.h>

/* Prints untrusted bytes without terminal control characters. */
static void print(const char *label, trpt_str s) {
  if (!s.ptr) return;
  printf("  %s: ", label);
  for (size_t i = 0; i < s.len; i++) putchar(s.ptr[i] >= ' ' && s.ptr[i] <= '~' ? s.ptr[i] : '?');
  putchar('\n');
}

static int read_file(void *user, const void **data, size_t *len) {
  static char chunk[1 << 16];
  *data = chunk;
  *len = fread(chunk, 1, sizeof chunk, user);
  return ferror(user);
}

static void show(const trpt_mail *mail, const trpt_mail_item *item) {
  printf("%s in %s", trpt_mail_kind_name(item->kind), trpt_mail_kind_name(item->container));
  if (item->number) printf(", number %" PRIu64, item->number);
  putchar('\n');
  print("entry", item->entry);
  print("part", item->part);
  print("media type", item->media_type);
  print("filename", item->filename);
  print("from", item->from);
  print("about", item->report_domain);
  if (item->dkim) printf("  dkim: %s\n", trpt_dkim_result_name(item->dkim));
  print("signed by", item->dkim_domain);
  for (uint32_t i = 0; i < item->diagnostic_count; i++) {
    const trpt_diagnostic *diagnostic = trpt_mail_diagnostic(mail, i);
    printf("  line %u: %s [%s]\n", diagnostic->line, diagnostic->message, diagnostic->code);
  }
  if (item->report)
    print("report-id", trpt_report_metadata(item->report)->report_id);
  else
    printf("  error: %s\n", item->error->message);
}

int main(int argc, char **argv) {
  enum { MAX_SERVERS = 16 };
  if (argc < 2 || argc > 2 + MAX_SERVERS) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) {
    perror(argv[1]);
    return 1;
  }
  trpt_mail_options options = {.struct_size = sizeof options};
  trpt_str servers[MAX_SERVERS]; /* the mail servers whose DKIM results are trusted */
  for (int i = 2; i < argc; i++) servers[i - 2] = (trpt_str){argv[i], strlen(argv[i])};
  options.authserv_ids = servers;
  options.authserv_id_count = (size_t)argc - 2;
  trpt_mail *mail;
  trpt_status status = trpt_mail_new(&mail, &options);
  if (status == TRPT_OK) status = trpt_mail_open(mail, read_file, file);
  int bad = 0;
  const trpt_mail_item *item;
  while (status == TRPT_OK && (status = trpt_mail_next(mail, &item)) == TRPT_OK) {
    show(mail, item);
    bad |= item->error != NULL;
  }
  if (status != TRPT_END) printf("%s: %s\n", argv[1], trpt_status_message(status));
  trpt_mail_free(mail);
  fclose(file);
  return bad || status != TRPT_END;
}
