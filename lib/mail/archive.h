/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_ARCHIVE_H
#define TRPT_LIB_MAIL_ARCHIVE_H

/* The files in a zip, which lies whole in memory, or in a tar, which is read as it comes. */

#include "container.h"
#include "mail_source.h"

typedef struct trpt_mail_archive trpt_mail_archive;

/* `kind`: ZIP, all of whose bytes are in the source, or TAR. NULL where there is no memory. */
trpt_mail_archive *trpt_mail_archive_new(trpt_mail_source *source, trpt_mail_kind kind, const trpt_mail_limits *limits);
void trpt_mail_archive_free(trpt_mail_archive *archive);

/* The next file, as trpt_mail_container_next gives it. */
trpt_status trpt_mail_archive_next(trpt_mail_archive *archive, trpt_mail_member *out);

#endif
