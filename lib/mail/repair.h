/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_MEND_H
#define TRPT_LIB_MAIL_MEND_H

/* Mails that GMime cannot read as they are. Copies are to be freed with g_free; NULL: there is nothing to mend, or no memory. */

#include <tlsrpt/status.h>

/* Lines that end in CR alone, as of old on the Macintosh. The copy is as long as the mail. */
char *trpt_repair_line_ends(trpt_str mail);

/* A multipart in which GMime saw no part, since its boundary is not told or is another: the first line that looks like one is taken
   for it, and without such a line all is one part. `*added` bytes stand in front of the copy. */
char *trpt_repair_boundary(trpt_str mail, size_t *added);

#endif
