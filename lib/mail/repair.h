/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_REPAIR_H
#define TRPT_LIB_MAIL_REPAIR_H

/* Mails that GMime cannot read as they are. Copies are to be freed with g_free. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* Lines that end in CR alone, as of old on the Macintosh. `*copy` is as long as the mail, or NULL if there is nothing to repair.
   Returns false if there is no memory. */
bool trpt_repair_line_ends(trpt_str mail, char **copy);

/* A multipart in which GMime saw no part, since its boundary is not told or is another: the first line that looks like one is taken
   for it, and without such a line all is one part. `*added` bytes stand in front of the copy. NULL: no memory. */
char *trpt_repair_boundary(trpt_str mail, size_t *added);

#endif
