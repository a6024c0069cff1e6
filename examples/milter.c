/* SPDX-License-Identifier: MIT */
/* A milter for Postfix and Sendmail. It prints a line for each TLS report in the mail that passes, and accepts every
   mail unchanged.
   usage: milter SOCKET AUTHSERV-ID
   SOCKET is named as libmilter names it, such as inet:8894@localhost. AUTHSERV-ID is the name under which a milter that
   comes before this one, such as OpenDKIM, adds Authentication-Results. */
#include <stdio.h>
#include <string.h>

#include <libmilter/mfapi.h>

#include <tlsrpt/mail.h>

/* Set before the first connection, and only read after that. */
static trpt_str authserv_id;

/* Each connection has an object, which reads one mail after another. NULL: there is no memory. */
static trpt_mail *mail_of(SMFICTX *context) {
  trpt_mail *mail = smfi_getpriv(context);
  const trpt_mail_options options = {
      .struct_size = sizeof options, .authserv_ids = &authserv_id, .authserv_id_count = 1};
  if (!mail && trpt_mail_new(&mail, &options) == TRPT_OK) smfi_setpriv(context, mail);
  return mail;
}

/* A mail for which there is no memory passes unread. trpt_mail_finish repeats an error of trpt_mail_feed. */
static sfsistat feed(SMFICTX *context, const void *data, size_t len) {
  trpt_mail *mail = mail_of(context);
  if (!mail) return SMFIS_ACCEPT;
  trpt_mail_feed(mail, data, len);
  return SMFIS_CONTINUE;
}

static sfsistat on_header(SMFICTX *context, char *name, char *value) {
  feed(context, name, strlen(name));
  feed(context, ": ", 2);
  feed(context, value, strlen(value));
  return feed(context, "\r\n", 2);
}

static sfsistat on_header_end(SMFICTX *context) { return feed(context, "\r\n", 2); }

static sfsistat on_body(SMFICTX *context, unsigned char *data, size_t len) { return feed(context, data, len); }

static void show(const trpt_mail_item *item) {
  if (item->report)
    printf("report of %u policies, DKIM %s\n", (unsigned)trpt_report_policy_count(item->report),
           trpt_dkim_result_name(item->dkim));
  else if (!item->is_other_content)
    printf("not readable: %s\n", item->error->message);
  fflush(stdout);
}

static sfsistat on_mail_end(SMFICTX *context) {
  trpt_mail *mail = mail_of(context);
  const trpt_mail_item *item;
  trpt_status status = mail ? trpt_mail_finish(mail) : TRPT_E_MEMORY;
  while (status == TRPT_OK && (status = trpt_mail_next(mail, &item)) == TRPT_OK) show(item);
  if (status != TRPT_END) fprintf(stderr, "a mail was not read: %s\n", trpt_status_name(status));
  if (mail) trpt_mail_reset(mail);
  return SMFIS_ACCEPT;
}

static sfsistat on_abort(SMFICTX *context) {
  trpt_mail *mail = smfi_getpriv(context);
  if (mail) trpt_mail_reset(mail);
  return SMFIS_CONTINUE;
}

static sfsistat on_close(SMFICTX *context) {
  trpt_mail_free(smfi_getpriv(context));
  smfi_setpriv(context, NULL);
  return SMFIS_CONTINUE;
}

int main(int argc, char **argv) {
  static char name[] = "tlsrpt";
  static const struct smfiDesc milter = {.xxfi_name = name,
                                         .xxfi_version = SMFI_VERSION,
                                         .xxfi_header = on_header,
                                         .xxfi_eoh = on_header_end,
                                         .xxfi_body = on_body,
                                         .xxfi_eom = on_mail_end,
                                         .xxfi_abort = on_abort,
                                         .xxfi_close = on_close};
  if (argc != 3) {
    fprintf(stderr, "usage: milter SOCKET AUTHSERV-ID\n");
    return 2;
  }
  authserv_id = (trpt_str){argv[2], strlen(argv[2])};
  if (smfi_setconn(argv[1]) != MI_SUCCESS || smfi_register(milter) != MI_SUCCESS) return 1;
  return smfi_main() == MI_SUCCESS ? 0 : 1;
}
