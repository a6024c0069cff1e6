/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_ARCHIVE_H
#define TRPT_LIB_MAIL_ARCHIVE_H

/* The files in a zip, which is whole in memory, or in a tar, which is read in chunks. */

#include "container.h"
#include "mail_source.h"

typedef struct trpt_mail_archive trpt_mail_archive;

/* `kind` is ZIP or TAR. All bytes of a zip are already in the source. Returns NULL if out of memory. */
trpt_mail_archive *trpt_mail_archive_new(trpt_mail_source *source, trpt_mail_kind kind, const trpt_mail_limits *limits);
void trpt_mail_archive_free(trpt_mail_archive *archive);

/* Returns the next file, like trpt_mail_container_next. `*out` must be all zeros. */
trpt_status trpt_mail_archive_next(trpt_mail_archive *archive, trpt_mail_member *out);

#endif
