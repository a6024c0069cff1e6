/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_MAIL_CASES_H
#define TRPT_TESTS_MAIL_CASES_H

/* What the tests of mails share: mails written as templates, and what comes out of them as text. */

#include <stddef.h>

#include <tlsrpt/mail.h>

/* The header of a mail as RFC 8460 s5.3 has it, up to its Content-Type. */
#define MAIL_HEADER                                                                                                    \
  "From: tls@example.net\n"                                                                                            \
  "Date: Mon, 02 Mar 2026 01:02:03 +0100\n"                                                                            \
  "Message-ID: <m@example.net>\n"                                                                                      \
  "Subject: Report Domain: example.com Submitter: example.net Report-ID: <1@example.net>\n"                            \
  "TLS-Report-Domain: example.com\n"                                                                                   \
  "TLS-Report-Submitter: example.net\n"                                                                                \
  "MIME-Version: 1.0\n"
#define MAIL_MULTIPART "Content-Type: multipart/report; report-type=tlsrpt; boundary=b\n\n"
#define MAIL_TEXT      "--b\nContent-Type: text/plain\n\nA report.\n"
#define MAIL_FILENAME  "example.net!example.com!1772323200!1772409599"
#define MAIL_REPORT                                                                                                    \
  "--b\nContent-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n"                                    \
  "Content-Disposition: attachment; filename=\"" MAIL_FILENAME ".json.gz\"\n\n%G\n"
/* A mail in which nothing is wrong. */
#define MAIL_GOOD MAIL_HEADER MAIL_MULTIPART MAIL_TEXT MAIL_REPORT "--b--\n"

/* Bytes that grow; `data` is to be freed. */
typedef struct mail_buffer {
  char *data;
  size_t len;
  size_t capacity;
} mail_buffer;

typedef struct mail_file {
  const char *name;
  const void *data;
  size_t len;
} mail_file;

void mail_append(mail_buffer *b, const void *data, size_t len);
void mail_append_text(mail_buffer *b, const char *text);
void mail_append_gzip(mail_buffer *b, const void *data, size_t len);
void mail_append_zip(mail_buffer *b, const mail_file *files, size_t count);
void mail_append_tar(mail_buffer *b, const mail_file *files, size_t count);
void mail_append_base64(mail_buffer *b, const mail_buffer *in);

/* A mail made of a template; to be freed. In it stand for the one report of these tests
     %J  its JSON text      %Q  that in quoted-printable    %j  in base64
     %G  gzip in base64     %O  that in lines of odd lengths  %g  gzip as it is
     %T  gzip in gzip, in base64
     %Z  a zip of a JSON text, in base64   %Y  a zip of gzip, in base64
     %2  another report in JSON
   and %0 for a NUL, %B for 4096 blanks, %% for "%". */
char *mail_make(const char *template, size_t *len);

/* All items that an input gives, a line each: "2 gzip 1@example.net [mail.uncompressed]", that is part, what it is, the report-id
   or status and code, and for TRPT_E_LIMIT the name of the limit, and findings without "mail.". Read from chunks of several sizes, pulled and pushed, which must give the same. Valid until
   the next call. */
const char *mail_describe(const void *data, size_t len, const trpt_mail_options *options);

/* The same for a template. */
const char *mail_describe_template(const char *template, const trpt_mail_options *options);

/* A file of tests/data/mails; to be freed. */
char *mail_load(const char *name, size_t *len);

/* Gives an input in chunks of one size. */
typedef struct mail_chunks {
  const char *data;
  size_t len;
  size_t size;
} mail_chunks;
int mail_read_chunk(void *chunks, const void **data, size_t *len);

#endif
