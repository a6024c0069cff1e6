/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../base/text.h"

enum { TAR_BLOCK_SIZE = 512 };

struct trpt_mail_archive {
  struct archive *reader;
  trpt_mail_source *source;
  const trpt_mail_limits *limits;
  trpt_mail_kind kind;
  bool is_at_end;
  bool is_canceled;  /* the source stopped reading */
  bool is_resyncing; /* libarchive is searching for the next header */
  size_t borrowed;   /* bytes of the source that libarchive still reads */
  uint64_t number;   /* of the entry */
  uint64_t offset;   /* of its header, in a tar */
  char *data;        /* of the entry */
  size_t capacity;
};

static bool is_zero(const char *data, size_t len) {
  size_t i = 0;
  while (i < len && !data[i]) i++;
  return i == len;
}

/* Hands out whole blocks of a tar. The last one may be cut, in an entry or within the zeros at the end. */
static la_ssize_t read_source(struct archive *reader, void *user, const void **data) {
  trpt_mail_archive *archive = user;
  trpt_mail_source *source = archive->source;
  trpt_mail_source_consume(source, archive->borrowed);
  archive->borrowed = 0;
  const trpt_status status = trpt_mail_source_need(source, TAR_BLOCK_SIZE);
  if (status != TRPT_OK) {
    archive->is_canceled = status == TRPT_E_CANCELED;
    archive_set_error(reader, status == TRPT_E_MEMORY ? ENOMEM : EIO, "%s", "");
    return -1;
  }
  const size_t whole = source->len - source->len % TAR_BLOCK_SIZE;
  archive->borrowed = whole || is_zero(source->data, source->len) ? whole : source->len;
  *data = source->data;
  return (la_ssize_t)archive->borrowed;
}

static int open_reader(trpt_mail_archive *archive) {
  struct archive *reader = archive->reader;
  if (archive->kind == TRPT_MAIL_KIND_ZIP) {
    const int status = archive_read_support_format_zip(reader);
    if (status != ARCHIVE_OK) return status;
    return archive_read_open_memory(reader, archive->source->data, archive->source->len);
  }
  /* An archive may follow the end of another one, as after cat. */
  int status = archive_read_support_format_tar(reader);
  if (status == ARCHIVE_OK) status = archive_read_set_format_option(reader, "tar", "read_concatenated_archives", "1");
  return status == ARCHIVE_OK ? archive_read_open(reader, archive, NULL, read_source, NULL) : status;
}

trpt_mail_archive *trpt_mail_archive_new(trpt_mail_source *source, trpt_mail_kind kind,
                                         const trpt_mail_limits *limits) {
  trpt_mail_archive *archive = malloc(sizeof *archive);
  if (!archive) return NULL;
  *archive = (trpt_mail_archive){.reader = archive_read_new(), .source = source, .kind = kind, .limits = limits};
  /* Errors other than lack of memory are reported with the first entry. GCOVR_EXCL_BR_START: there are none yet. */
  if (archive->reader && (open_reader(archive) == ARCHIVE_OK || archive_errno(archive->reader) != ENOMEM))
    return archive;
  /* GCOVR_EXCL_BR_STOP */
  archive_read_free(archive->reader);
  free(archive);
  return NULL;
}

void trpt_mail_archive_free(trpt_mail_archive *archive) {
  if (!archive) return;
  archive_read_free(archive->reader);
  free(archive->data);
  free(archive);
}

static void refuse_broken(trpt_mail_member *out, trpt_status status, const char *sentence) {
  out->fault = trpt_mail_fault_of(status, sentence);
}

static void refuse_limit(trpt_mail_member *out, const char *sentence, uint64_t limit) {
  out->fault = trpt_mail_fault_limit(sentence, limit);
}

static void refuse_length(trpt_mail_member *out, const trpt_mail_limits *limits) {
  refuse_limit(out, "The archive entry is longer than max_message (# bytes).", limits->max_message);
}

/* Counts the bytes of a zip. If the unit inflates too far, the rest of the archive is not read. */
static bool is_bomb(trpt_mail_archive *archive, size_t size, trpt_mail_member *out) {
  if (archive->kind != TRPT_MAIL_KIND_ZIP) return false;
  out->fault = trpt_mail_unit_add_inflated(archive->limits, size);
  archive->is_at_end = out->fault.status != TRPT_OK;
  return archive->is_at_end;
}

static bool append_data(trpt_mail_archive *archive, size_t len, const void *block, size_t size) {
  if (size > archive->capacity - len) {
    if (size > SIZE_MAX / 2 - len) return false; /* GCOVR_EXCL_BR_LINE: not with 64 bits */
    const size_t capacity = (len + size) * 2;
    char *data = realloc(archive->data, capacity);
    if (!data) return false;
    archive->data = data;
    archive->capacity = capacity;
  }
  memcpy(archive->data + len, block, size);
  return true;
}

/* Returns TRPT_OK also for an unreadable entry, and sets out->fault. */
static trpt_status read_data(trpt_mail_archive *archive, trpt_mail_member *out) {
  size_t len = 0;
  for (;;) {
    const void *block;
    size_t size;
    la_int64_t offset;
    const int status = archive_read_data_block(archive->reader, &block, &size, &offset);
    if (status == ARCHIVE_EOF) break;
    /* ARCHIVE_WARN: sizes or the checksum do not match. */
    if (status != ARCHIVE_OK) {
      if (archive->is_canceled) return TRPT_E_CANCELED;
      if (archive_errno(archive->reader) == ENOMEM) return TRPT_E_MEMORY;
      archive->is_at_end = status == ARCHIVE_FATAL && archive->kind == TRPT_MAIL_KIND_TAR;
      refuse_broken(out, TRPT_E_MAIL, "The archive entry is corrupt or truncated.");
      return TRPT_OK;
    }
    if (size > archive->limits->max_message - len) {
      refuse_length(out, archive->limits);
      return TRPT_OK;
    }
    if (is_bomb(archive, size, out)) return TRPT_OK;
    /* The holes of a sparse file would inflate from nothing. */
    if (offset != (la_int64_t)len) {
      refuse_broken(out, TRPT_E_UNSUPPORTED, "The archive entry is a sparse file.");
      return TRPT_OK;
    }
    if (size && !append_data(archive, len, block, size)) return TRPT_E_MEMORY;
    len += size;
  }
  out->data = len ? archive->data : "";
  out->len = len;
  out->kind = trpt_mail_kind_of(out->data, len);
  return TRPT_OK;
}

static trpt_str entry_name(struct archive_entry *entry) {
  const char *name = archive_entry_pathname_utf8(entry);
  if (!name) name = archive_entry_pathname(entry);
  return trpt_str_of(name);
}

static trpt_status read_entry(trpt_mail_archive *archive, struct archive_entry *entry, trpt_mail_member *out) {
  out->name = entry_name(entry);
  if (archive_entry_is_encrypted(entry)) {
    refuse_broken(out, TRPT_E_UNSUPPORTED, "The archive entry is encrypted.");
    return TRPT_OK;
  }
  const la_int64_t size = archive_entry_size(entry); /* 0: unknown, too */
  if (size > 0 && (uint64_t)size > archive->limits->max_message) {
    refuse_length(out, archive->limits);
    return TRPT_OK;
  }
  return read_data(archive, out);
}

/* libarchive gives no position after a failure. The position of the last header is used instead. */
static uint64_t header_offset(trpt_mail_archive *archive) {
  const la_int64_t offset = archive_read_header_position(archive->reader);
  if (archive->kind == TRPT_MAIL_KIND_TAR && offset > 0) archive->offset = (uint64_t)offset;
  return archive->offset;
}

trpt_status trpt_mail_archive_next(trpt_mail_archive *archive, trpt_mail_member *out) {
  while (!archive->is_at_end) {
    struct archive_entry *entry;
    const int status = archive_read_next_header(archive->reader, &entry);
    if (status == ARCHIVE_EOF) {
      archive->is_at_end = true;
      return TRPT_END;
    }
    if (archive->is_canceled) return TRPT_E_CANCELED;
    /* A header is missing, and libarchive searches the next blocks for one. This is reported once per gap. */
    if (status == ARCHIVE_RETRY && archive->is_resyncing) continue;
    archive->is_resyncing = status == ARCHIVE_RETRY;
    if (status < ARCHIVE_WARN && archive_errno(archive->reader) == ENOMEM) return TRPT_E_MEMORY;
    out->number = ++archive->number;
    out->offset = header_offset(archive);
    if (status < ARCHIVE_WARN || archive->is_resyncing) {
      archive->is_at_end = !archive->is_resyncing;
      refuse_broken(out, TRPT_E_MAIL, "The archive is corrupt or truncated.");
      return TRPT_OK;
    }
    if (archive->kind == TRPT_MAIL_KIND_ZIP && archive->limits->unit->entries++ == archive->limits->max_entries) {
      archive->is_at_end = true;
      refuse_limit(out, "The input has more archive entries than max_entries (#).", archive->limits->max_entries);
      return TRPT_OK;
    }
    /* A hard link has no type, unless it has data as pax allows. */
    if (archive_entry_filetype(entry) == AE_IFREG) return read_entry(archive, entry, out);
  }
  return TRPT_END;
}
