/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_REPAIR_H
#define TRPT_LIB_MAIL_REPAIR_H

/* Repairs mails that GMime cannot read. Free the copies with g_free. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* Replaces line ends that are CR only, as on old Macintosh systems, if the first one is. `*copy` is as long as the mail, or NULL if no
   repair is needed. Returns false if out of memory. */
bool trpt_repair_line_ends(trpt_str mail, char **copy);

/* Repairs a multipart whose boundary parameter is missing or wrong, so that GMime found no parts. The first line that
   looks like a boundary becomes the boundary. Without such a line, the whole body becomes one part. The copy begins
   with `*added` extra bytes. Returns NULL if out of memory. */
char *trpt_repair_boundary(trpt_str mail, size_t *added);

#endif
