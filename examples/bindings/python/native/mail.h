/* SPDX-License-Identifier: MIT */
#ifndef TRPT_MAIL_H
#define TRPT_MAIL_H

/**
 * @file
 * @brief TLSRPT reports out of mails, mailboxes and archives
 *
 * Finds the reports in bytes of unknown kind: plain JSON, zip, a mail, an mbox or a tar, and gzip around any of them.
 * Each report comes with its origin. This is a separate library, libtrpt-mail, which uses GMime and libarchive:
 * `pkg-config trpt-mail`. `<tlsrpt/trpt.h>` does not include it.
 *
 * The kind is detected from the content, never from a label. File names and media types cause diagnostics, not
 * decisions, and no name from outside is used as a path. If one part cannot be read, it becomes an item with an error,
 * and reading continues after it.
 *
 * JSON text and gzip may hold many reports (see TRPT_SEQUENCE in parser.h): each is an item, and so is each text that
 * is not a report.
 *
 * A mail, or an archive inside a mail, is in memory as a whole, up to max_message. Of an mbox or a tar only one entry
 * is in memory at a time. Unlike the core, this library allocates. If memory runs out, GLib (a dependency of GMime)
 * ends the process; the limits bound how much any input can make it allocate.
 */

#include "trpt.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The kind of some bytes, by their beginning. */
typedef int32_t trpt_mail_kind;
enum {
  TRPT_MAIL_KIND_UNKNOWN = 0,
  TRPT_MAIL_KIND_JSON = 1, /**< a brace, maybe after blanks or a byte order mark */
  TRPT_MAIL_KIND_GZIP = 2, /**< RFC 1952 */
  TRPT_MAIL_KIND_ZIP = 3,
  TRPT_MAIL_KIND_TAR = 4,     /**< POSIX or GNU */
  TRPT_MAIL_KIND_MBOX = 5,    /**< RFC 4155: a line "From " */
  TRPT_MAIL_KIND_MESSAGE = 6, /**< RFC 5322: a header field */
  TRPT_MAIL_KIND_BZIP2 = 7,   /**< not read (mail.unsupported-compression), like all below */
  TRPT_MAIL_KIND_XZ = 8,
  TRPT_MAIL_KIND_ZSTD = 9,
  TRPT_MAIL_KIND_WIDE_JSON = 10, /**< JSON text in UTF-16 or UTF-32, which RFC 8259 s8.1 does not allow */
  TRPT_MAIL_KIND_DMARC = 11,     /**< an aggregate report of DMARC, RFC 7489 appendix C */
  TRPT_MAIL_KIND_HTML = 12,
  TRPT_MAIL_KIND_OUTLOOK = 13 /**< a message or archive in a binary format of Microsoft Outlook */
};

/** Detects the kind of some bytes. It looks at no more than the first 2048; 512 are enough except for mbox. O(1). */
TRPT_API trpt_mail_kind trpt_mail_kind_of(const void *data, size_t len);

/** Name of a kind, "mbox"; "unknown" for any other number. Static lifetime, never NULL. */
TRPT_API const char *trpt_mail_kind_name(trpt_mail_kind kind);

/**
 * Whether a mail claims to be a TLS report, for programs that sort mail. It reads only the header fields Content-Type,
 * TLS-Report-Domain, TLS-Report-Submitter and Subject (RFC 8460 s5.3) and decodes nothing. The mail may end anywhere
 * after them. An mbox line "From " at the start is skipped. It allocates nothing and is linear in the header.
 *
 * @return 1 or 0
 */
TRPT_API int32_t trpt_mail_is_report(const void *data, size_t len);

/** The result of verifying a DKIM signature, by the names of RFC 8601 s2.7.1. */
typedef int32_t trpt_dkim_result;
enum {
  TRPT_DKIM_UNKNOWN = 0, /**< no trusted result is available */
  TRPT_DKIM_NONE = 1,
  TRPT_DKIM_PASS = 2,
  TRPT_DKIM_FAIL = 3,
  TRPT_DKIM_POLICY = 4,
  TRPT_DKIM_NEUTRAL = 5,
  TRPT_DKIM_TEMPERROR = 6,
  TRPT_DKIM_PERMERROR = 7
};

/** Name of a result, "pass"; "unknown" for any other number. Static lifetime, never NULL. */
TRPT_API const char *trpt_dkim_result_name(trpt_dkim_result result);

/** One verified signature. The caller's `verify` fills it. */
typedef struct trpt_dkim_signature {
  size_t struct_size; /**< set by the library before the call */
  trpt_dkim_result result;
  uint32_t reserved;     /**< 0 */
  trpt_str domain;       /**< d= of the signature; valid until the next call */
  trpt_str key_services; /**< s= of the key record, "email:tlsrpt"; absent: unknown or missing */
} trpt_dkim_signature;

/**
 * Returns the result for signature `index` (from 0, in the order of the mail, at most 15) of the mail at `mail`, which
 * begins with its first header field. The library does no cryptography of its own. It calls this once for each mail,
 * but not for mails inside a mail. A call on the same trpt_mail from here is TRPT_E_STATE.
 *
 * @return 1: `out` is filled; 0: there is no signature of this index
 */
typedef int (*trpt_mail_verify_fn)(void *user, const void *mail, size_t len, uint32_t index, trpt_dkim_signature *out);

/** Bits of trpt_mail_options.flags. */
enum {
  /** A report without a valid signature of the reporting domain becomes an error, mail.no-dkim (RFC 8460 s3). So does
      every report that did not arrive by mail. */
  TRPT_MAIL_REQUIRE_DKIM = 1,
  /** Trusts the first Authentication-Results field of the outermost mail if it has no authserv-id. Some servers write
      none, such as Exchange Online. If that field has an authserv-id or does not exist, the flag trusts nothing. Set it
      only if the caller's server adds such a field on top of every mail: otherwise the sender of a mail can write the
      field. */
  TRPT_MAIL_TRUST_UNNAMED = 2
};

/**
 * What to trust, and limits. The caller fills it; zero in a member means its default, in brackets.
 *
 * A unit is a mail (the input or a mail of an mbox), an entry of a tar, or any other input. Everything inside a unit
 * shares its limits, however deep it is nested. Beyond a limit of the unit, its rest is skipped, and reading continues
 * with the next unit.
 */
typedef struct trpt_mail_options {
  size_t struct_size;    /**< sizeof(trpt_mail_options) */
  uint32_t flags;        /**< TRPT_MAIL_REQUIRE_DKIM, TRPT_MAIL_TRUST_UNNAMED */
  uint32_t max_parts;    /**< boundary lines of one mail and of the mails inside it [1000] */
  uint32_t max_nesting;  /**< nesting of multiparts, mails and archives [16] */
  uint32_t max_entries;  /**< archive entries of one unit, and items of one that is not a mail [10000] */
  uint32_t max_reports;  /**< items of one mail, readable or not [1000] */
  uint32_t max_ratio;    /**< inflated : length of one unit, after the first MiB [200] */
  uint64_t max_header;   /**< bytes of the header of a mail, and of each part and mail inside it [256 KiB] */
  uint64_t max_message;  /**< bytes of one mail, of one entry, or of an archive inside a mail [64 MiB] */
  uint64_t max_inflated; /**< bytes inflated from all gzip and zip of one unit [256 MiB] */
  /** Options of the report parser. With TRPT_STRICT, an error-level diagnostic about the mail (mail.*) also turns the
      report into an error, TRPT_E_MAIL. Copied [NULL: its defaults] */
  const trpt_options *report;
  /** The authserv-ids of the caller's own mail servers in Authentication-Results, RFC 8601 s2.5. Fields with other
      names are ignored. ARC fields are never read. Each element needs a text of at least one byte. Copied [NULL: none
      is trusted] */
  const trpt_str *authserv_ids;
  size_t authserv_id_count;   /**< if it is not 0, authserv_ids must not be NULL */
  trpt_mail_verify_fn verify; /**< takes precedence over Authentication-Results [NULL] */
  void *verify_user;
} trpt_mail_options;

/** Bits of trpt_mail_item.signer: how the domain of a passed signature is related to the report. */
enum {
  TRPT_SIGNER_IS_FROM = 1,      /**< it is the domain of From or a parent of it */
  TRPT_SIGNER_IS_SUBMITTER = 2, /**< the same for TLS-Report-Submitter */
  TRPT_SIGNER_IS_CONTACT = 4    /**< the same for contact-info */
};

/**
 * A report, or something that should contain one and cannot be read. It and everything that it points to are valid
 * until the next call on the same trpt_mail. Header fields are decoded (RFC 2047, RFC 2231) and unfolded; absent ones
 * have `ptr == NULL`. All strings are untrusted: escape them before you show them, and do not use them as paths.
 */
typedef struct trpt_mail_item {
  const trpt_report *report; /**< NULL if `error` is set; take ownership with trpt_mail_take */
  const trpt_error *error;   /**< why the report cannot be read; NULL if `report` is set */
  uint64_t number;     /**< of the mail in its mbox, or of the entry in its tar or zip, from 1; 0: the input itself */
  uint64_t offset;     /**< where that mail or entry begins in the input, or in its inflated bytes; 0 in a zip */
  trpt_mail_kind kind; /**< kind of the report: JSON or GZIP; with an error, of what could not be read */
  trpt_mail_kind container; /**< kind of the input; for gzip around a tar or mbox that of the tar or mbox */
  trpt_str entry;           /**< name of the innermost entry of a tar or zip, as written */
  trpt_str part;            /**< number of the part, as in IMAP (RFC 3501 s6.4.5): "2", "1.2" */
  trpt_str media_type;      /**< "application/tlsrpt+gzip", in lower case */
  trpt_str filename;
  trpt_str from; /**< the whole field */
  trpt_str subject;
  trpt_str date_text; /**< as written */
  trpt_str message_id;
  trpt_str report_domain;    /**< TLS-Report-Domain */
  trpt_str report_submitter; /**< TLS-Report-Submitter */
  int64_t date;              /**< Unix seconds; INT64_MIN if absent or unreadable */
  trpt_dkim_result dkim;     /**< of a passed signature of the reporting domain, else of the best signature */
  uint32_t signer;           /**< TRPT_SIGNER_* */
  trpt_str dkim_domain;      /**< its d=; absent if unknown */
  uint32_t diagnostic_count; /**< number of mail.* diagnostics; see trpt_mail_diagnostic */
  /** 1: `error` is about content that does not claim to be a report, such as another mail in an mbox or a text file in
      a zip. A program that reads mailboxes passes it over. 0: a report, or something that claims to be one and cannot
      be read. It claims that by its content (gzip, or JSON text), its name (`*.json`, `*.json.gz`), or its label (its
      media type, or the header of its mail as trpt_mail_is_report reads it). `kind` says what the content is: for a
      mail with an aggregate report of DMARC TRPT_MAIL_KIND_DMARC. */
  uint32_t is_other_content;
} trpt_mail_item;

/** Reads one input after another. One thread at a time may use it. */
typedef struct trpt_mail trpt_mail;

/**
 * Provides the next bytes of an input: sets `*data`, valid until the next call, and `*len`, 0 at the end.
 *
 * @return 0; anything else stops with TRPT_E_CANCELED
 */
typedef int (*trpt_mail_read_fn)(void *user, const void **data, size_t *len);

/** Makes a reader. Free it with trpt_mail_free.
 *
 * @return TRPT_OK; TRPT_E_ARGUMENT (also for a NULL list with a count, or an authserv-id without text) or
 *         TRPT_E_MEMORY, with `*out` NULL */
TRPT_API trpt_status trpt_mail_new(trpt_mail **out, const trpt_mail_options *options);

/** Frees everything except the reports taken with trpt_mail_take. NULL is allowed. */
TRPT_API void trpt_mail_free(trpt_mail *mail);

/** Begins an input that `read` provides, and abandons the previous one. Only trpt_mail_next calls `read`. */
TRPT_API trpt_status trpt_mail_open(trpt_mail *mail, trpt_mail_read_fn read, void *user);

/** The same for an input that is whole in memory and stays there until the last trpt_mail_next. It is not copied
    without need. */
TRPT_API trpt_status trpt_mail_open_bytes(trpt_mail *mail, const void *data, size_t len);

/**
 * Push: adds the next bytes of an input, for programs that get a mail in chunks, such as milters and LMTP servers. The
 * first call begins an input. Then call trpt_mail_finish, and trpt_mail_next until TRPT_END. The bytes are copied, up
 * to max_message of them; an input beyond it becomes one item with TRPT_E_LIMIT. `data` may be NULL if `len` is 0.
 *
 * @return TRPT_OK; TRPT_E_STATE: an input of trpt_mail_open, or one that was finished, was not read to its end;
 *         TRPT_E_MEMORY: the input is abandoned; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_mail_feed(trpt_mail *mail, const void *data, size_t len);

/** Push: the input is complete. Without a call of trpt_mail_feed, it is empty.
 *
 * @return TRPT_OK; TRPT_E_STATE, TRPT_E_MEMORY and TRPT_E_ARGUMENT as trpt_mail_feed */
TRPT_API trpt_status trpt_mail_finish(trpt_mail *mail);

/** Abandons the current input, whether it is complete or not. The next call of trpt_mail_feed or trpt_mail_open begins
    another one. Does nothing inside a callback, and for NULL. */
TRPT_API void trpt_mail_reset(trpt_mail *mail);

/**
 * Returns the next report of the input, or the next part that could not be read.
 *
 * @param item  set on TRPT_OK, else NULL
 * @return TRPT_OK; TRPT_END: nothing remains (an input without any report gives one item with TRPT_E_NO_REPORT);
 *         TRPT_E_CANCELED, TRPT_E_MEMORY: this input cannot be read further, see trpt_mail_error; TRPT_E_STATE: no
 *         input was opened; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_mail_next(trpt_mail *mail, const trpt_mail_item **item);

/** Why trpt_mail_next cannot continue with this input; status 0 if it can. Never NULL; valid until the next call. */
TRPT_API const trpt_error *trpt_mail_error(const trpt_mail *mail);

/**
 * Diagnostic number `i`, from 0, about the mail of the current item (mail.*, RFC 8460 s5), in order of offset; NULL if
 * there is no such diagnostic. `where` names a header field. Offset and line are those of the field and count from the
 * beginning of the mail; for an attached mail, from the beginning of the outer mail. trpt_report_diagnostic covers the
 * report itself.
 */
TRPT_API const trpt_diagnostic *trpt_mail_diagnostic(const trpt_mail *mail, uint32_t i);

/** Transfers ownership of the current item's report to the caller, who frees it with trpt_report_free. Returns NULL if
    the item has an error, or if its report was already transferred. */
TRPT_API trpt_report *trpt_mail_take(trpt_mail *mail);

#ifdef __cplusplus
}
#endif

#endif
