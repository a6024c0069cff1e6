/* SPDX-License-Identifier: MIT */
#ifndef TRPT_MAIL_H
#define TRPT_MAIL_H

/**
 * @file
 * @brief TLSRPT reports out of mails, mailboxes and archives
 *
 * From what a mailbox holds to reports: bytes of unknown kind (plain JSON, gzip, zip, a mail, mbox, tar) go in, and every
 * report in them comes out, with where it came from. A library of its own, libtrpt-mail, on GMime and libarchive:
 * `pkg-config trpt-mail`. Not included by `<tlsrpt/trpt.h>`.
 *
 * What is what is told by content, never by a label: file names and media types give findings, not decisions, and no name from
 * outside is ever used as a path. An odd or broken piece costs that piece and no other: it comes out as an item with an
 * error, and reading goes on behind it.
 *
 * Memory: a mail, or an archive inside of it, is held whole, up to max_message; of an mbox or a tar only one entry is held at a
 * time. Unlike the core this library allocates, and where there is no memory GLib, on which GMime stands, ends the
 * process: the limits bound what any input can make it ask for.
 */

#include <tlsrpt/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What bytes are, by their beginning. */
typedef int32_t trpt_mail_kind;
enum {
  TRPT_MAIL_KIND_UNKNOWN = 0,
  TRPT_MAIL_KIND_JSON = 1, /**< a brace, behind blanks or a byte order mark */
  TRPT_MAIL_KIND_GZIP = 2, /**< RFC 1952 */
  TRPT_MAIL_KIND_ZIP = 3,
  TRPT_MAIL_KIND_TAR = 4,     /**< POSIX or GNU */
  TRPT_MAIL_KIND_MBOX = 5,    /**< RFC 4155: a line "From " */
  TRPT_MAIL_KIND_MESSAGE = 6, /**< RFC 5322: a header field */
  TRPT_MAIL_KIND_BZIP2 = 7,   /**< not read: mail.unsupported-compression, as all below */
  TRPT_MAIL_KIND_XZ = 8,
  TRPT_MAIL_KIND_ZSTD = 9
};

/** Tells what bytes are. Looks at the first 2048 at most, of which 512 are enough but for mbox; O(1). */
TRPT_API trpt_mail_kind trpt_mail_kind_of(const void *data, size_t len);

/** Name of a kind, "mbox"; "unknown" for a number that is none. Static lifetime, never NULL. */
TRPT_API const char *trpt_mail_kind_name(trpt_mail_kind kind);

/**
 * Whether a mail says that it is a TLS report: for programs that sort mail, and for readers of DMARC reports. It looks at the
 * header fields only (Content-Type, TLS-Report-Domain, TLS-Report-Submitter, Subject; RFC 8460 s5.3) and decodes nothing. The mail
 * may be cut anywhere behind them; an mbox line "From " in front is passed over. Allocates nothing; O(n) in the header.
 *
 * @return 1 or 0
 */
TRPT_API int32_t trpt_mail_is_report(const void *data, size_t len);

/** What became of a DKIM signature, by the names of RFC 8601 s2.7.1. */
typedef int32_t trpt_dkim_result;
enum {
  TRPT_DKIM_UNKNOWN = 0, /**< nobody who is trusted said anything */
  TRPT_DKIM_NONE = 1,
  TRPT_DKIM_PASS = 2,
  TRPT_DKIM_FAIL = 3,
  TRPT_DKIM_POLICY = 4,
  TRPT_DKIM_NEUTRAL = 5,
  TRPT_DKIM_TEMPERROR = 6,
  TRPT_DKIM_PERMERROR = 7
};

/** "pass"; "unknown" for a number that is none. Static lifetime, never NULL. */
TRPT_API const char *trpt_dkim_result_name(trpt_dkim_result result);

/** One verified signature, filled by the caller's `verify`. */
typedef struct trpt_dkim_signature {
  size_t struct_size; /**< set by the library before the call */
  trpt_dkim_result result;
  uint32_t reserved;     /**< 0 */
  trpt_str domain;       /**< d= of the signature; valid until the next call */
  trpt_str key_services; /**< s= of the key record, "email:tlsrpt"; absent: not known, or not there */
} trpt_dkim_signature;

/**
 * Gives the verdict on signature `index` (from 0, in the order of the mail, 15 at most) of a mail that lies whole at `mail`, from its
 * first header field on. It is asked once for each mail, not for mails inside of it. The library does no cryptography of its
 * own. A call on the same trpt_mail from here is TRPT_E_STATE.
 *
 * @return 1: `out` is filled; 0: there is no signature of this index
 */
typedef int (*trpt_mail_verify_fn)(void *user, const void *mail, size_t len, uint32_t index, trpt_dkim_signature *out);

/** Bits of trpt_mail_options.flags. */
enum {
  /** A report without a valid signature of the reporting domain is given as an error, mail.no-dkim: RFC 8460 s3. So is every
      report that did not come by mail. */
  TRPT_MAIL_REQUIRE_DKIM = 1
};

/** What to trust, and limits. Zero in a member means its default, in brackets. */
typedef struct trpt_mail_options {
  size_t struct_size; /**< sizeof(trpt_mail_options) */
  uint32_t flags;     /**< TRPT_MAIL_REQUIRE_DKIM */
  uint32_t max_parts; /**< boundary lines of one mail, in mails inside of it too: parts and ends of multiparts [1000] */
  uint32_t max_nesting;       /**< of multiparts, mails and archives in one another [16] */
  uint32_t max_entries;       /**< of one zip [10000] */
  uint32_t max_reports;       /**< in one mail [1000] */
  uint32_t max_ratio;         /**< inflated : compressed in a zip, past the first MiB [200] */
  uint64_t max_header;        /**< bytes of the header of a mail, and of each part and mail inside of it [256 KiB] */
  uint64_t max_message;       /**< bytes of one mail, of one entry, or of an archive inside of a mail [64 MiB] */
  uint64_t max_inflated;      /**< bytes that come out of one zip [256 MiB] */
  const trpt_options *report; /**< how reports are read; copied [NULL: its defaults] */
  /** The name by which the caller's own mail server signs Authentication-Results, RFC 8601 s2.5; fields of any other name are
      passed over. Copied [absent: none is trusted] */
  trpt_str authserv_id;
  trpt_mail_verify_fn verify; /**< goes before Authentication-Results [NULL] */
  void *verify_user;
} trpt_mail_options;

/** Bits of trpt_mail_item.signer: what the domain of a signature that passed has to do with the report. */
enum {
  TRPT_SIGNER_IS_FROM = 1,      /**< it is the domain of From, or a parent of it */
  TRPT_SIGNER_IS_SUBMITTER = 2, /**< the same of TLS-Report-Submitter */
  TRPT_SIGNER_IS_CONTACT = 4    /**< the same of contact-info */
};

/**
 * A report, or something in which one should have been and could not be read. Valid, with all that it points to, until the
 * next call on the same trpt_mail. Header fields are decoded (RFC 2047, RFC 2231) and unfolded; absent ones have
 * `ptr == NULL`. All strings are from outside: escape them before you show them, and use none as a path.
 */
typedef struct trpt_mail_item {
  const trpt_report *report; /**< NULL where `error` is set; keep it with trpt_mail_take */
  const trpt_error *error;   /**< why there is no report; NULL where there is one */
  uint64_t number;     /**< of the mail in its mbox, or of the entry in its tar or zip, from 1; 0: the input itself */
  uint64_t offset;     /**< where that mail or entry begins in the input; in a zip 0 */
  trpt_mail_kind kind; /**< what the bytes of the report are: JSON or GZIP; else what could not be read */
  trpt_mail_kind container; /**< what the input is */
  trpt_str entry;           /**< name of the entry of a tar or zip, the innermost, as written there */
  trpt_str part;            /**< of the mail, as IMAP numbers its parts (RFC 3501 s6.4.5): "2", "1.2" */
  trpt_str media_type;      /**< "application/tlsrpt+gzip", in lower case */
  trpt_str filename;
  trpt_str from; /**< the whole field */
  trpt_str subject;
  trpt_str date_text; /**< as written */
  trpt_str message_id;
  trpt_str report_domain;    /**< TLS-Report-Domain */
  trpt_str report_submitter; /**< TLS-Report-Submitter */
  int64_t date;              /**< Unix seconds; INT64_MIN where absent or unreadable */
  trpt_dkim_result
      dkim; /**< of the signature that counts: one that passed and belongs to the reporting domain, else the best */
  uint32_t signer;           /**< TRPT_SIGNER_* */
  trpt_str dkim_domain;      /**< its d=; absent where it is not known */
  uint32_t diagnostic_count; /**< mail.* findings; see trpt_mail_diagnostic */
  uint32_t reserved;         /**< 0 */
} trpt_mail_item;

/** Reads one input after another. */
typedef struct trpt_mail trpt_mail;

/**
 * Gives the next bytes of an input: `*data`, valid until the next call, and `*len`, 0 at the end.
 *
 * @return 0; anything else stops: TRPT_E_CANCELED
 */
typedef int (*trpt_mail_read_fn)(void *user, const void **data, size_t *len);

/** @return TRPT_OK, `*out` to be freed with trpt_mail_free; TRPT_E_ARGUMENT; TRPT_E_MEMORY. On an error `*out` is NULL. */
TRPT_API trpt_status trpt_mail_new(trpt_mail **out, const trpt_mail_options *options);

/** Gives back everything but reports that were taken. NULL is fine. */
TRPT_API void trpt_mail_free(trpt_mail *mail);

/** Begins an input that `read` gives, and gives up the one before it. `read` is called from trpt_mail_next only. */
TRPT_API trpt_status trpt_mail_open(trpt_mail *mail, trpt_mail_read_fn read, void *user);

/** The same for an input that lies whole in memory and stays there until the last trpt_mail_next. Nothing is copied of it
    that need not be. */
TRPT_API trpt_status trpt_mail_open_bytes(trpt_mail *mail, const void *data, size_t len);

/**
 * The next report of the input, or the next piece that could not be read.
 *
 * @param item  set on TRPT_OK, else NULL
 * @return TRPT_OK; TRPT_END: nothing is left (an input without any report has given one item with TRPT_E_NO_REPORT);
 *         TRPT_E_CANCELED, TRPT_E_MEMORY: this input cannot be read further, told by trpt_mail_error; TRPT_E_STATE: no input was opened;
 *         TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_mail_next(trpt_mail *mail, const trpt_mail_item **item);

/** Why trpt_mail_next cannot go on in this input; status 0 where it can. Never NULL; valid until the next call. */
TRPT_API const trpt_error *trpt_mail_error(const trpt_mail *mail);

/**
 * A finding about the mail of the current item (mail.*, RFC 8460 s5), in order of offset; NULL where there is none of this
 * number. `where` names a header field. Offset and line are those of that field, of the mail or part that is meant, and count from
 * the beginning of the mail; of a mail that lies in another one as it is, from the beginning of the outer one. What
 * is wrong with the report itself is in trpt_report_diagnostic.
 */
TRPT_API const trpt_diagnostic *trpt_mail_diagnostic(const trpt_mail *mail, uint32_t i);

/** Makes the current item's report the caller's own, to be freed with trpt_report_free. NULL where there is none, or it was
    taken. */
TRPT_API trpt_report *trpt_mail_take(trpt_mail *mail);

#ifdef __cplusplus
}
#endif

#endif
