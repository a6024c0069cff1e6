/* SPDX-License-Identifier: MIT */
#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/text.h"
#include "boundaries.h"
#include "content_kind.h"
#include "header_lines.h"
#include "repair.h"

/* GMime counts in 32 bits, and a repair adds a line. */
static const uint64_t mail_max_len = UINT32_MAX - 1024;

/* A multipart whose parts are being visited. */
typedef struct level {
  GMimeMultipart *multipart;
  trpt_mail_multipart info;
  int next;
  size_t number_len; /* of its own part number */
} level;

struct trpt_mail_message {
  GMimeObject *root;
  GMimeObject *body; /* the root, or the content of a GMimeMessage */
  GByteArray *bytes; /* of the outermost mail; borrowed for GMime */
  trpt_mail_headers headers;
  trpt_mail_lines own_lines;
  const trpt_mail_lines *lines; /* of the original outermost mail */
  size_t skipped;               /* bytes of it before the header */
  size_t added;                 /* bytes that a repair added in front */
  char *copy;                   /* the repaired mail that GMime read, or NULL */
  uint32_t max_nesting;
  bool has_begun;
  uint32_t depth;
  level *levels;             /* max_nesting elements */
  trpt_mail_multipart whole; /* of a mail that is not a multipart */
  char number[TRPT_MAIL_PART_NUMBER_SIZE];
  char *media_type; /* of the current part */
  char *data;       /* its decoded content */
  size_t capacity;
};

/* g_mime_init is not thread-safe. */
static void set_up(void) {
  static gsize gmime_is_set_up;
  if (g_once_init_enter(&gmime_is_set_up)) { /* GCOVR_EXCL_BR_LINE: a macro of GLib */
    g_mime_init();
    g_once_init_leave(&gmime_is_set_up, 1);
  }
}

/* The macros of GMime have branches for NULL and for types that were never registered.
   GCOVR_EXCL_BR_START */
static bool is_multipart(GMimeObject *object) { return GMIME_IS_MULTIPART(object); }
static bool is_message(GMimeObject *object) { return GMIME_IS_MESSAGE(object); }
static bool is_message_part(GMimeObject *object) { return GMIME_IS_MESSAGE_PART(object); }
/* GCOVR_EXCL_BR_STOP */

/* GMime reads the bytes in place. It parses a part and not a message, so that it does not parse addresses. */
static void parse(trpt_mail_message *message, const char *data, size_t len) {
  message->bytes = g_byte_array_new_take((guint8 *)(uintptr_t)data, len);
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(message->bytes);
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  g_mime_parser_set_persist_stream(parser, TRUE);
  message->root = g_mime_parser_construct_part(parser, NULL);
  g_object_unref(parser);
  g_object_unref(stream);
}

static void release(trpt_mail_message *message) {
  if (message->root) g_object_unref(message->root);
  if (message->bytes) {
    g_byte_array_steal(message->bytes, NULL);
    g_byte_array_unref(message->bytes);
  }
  g_free(message->copy);
}

/* Returns false if out of memory. */
static bool read_mail(trpt_mail_message *message, const char *data, size_t len) {
  parse(message, data, len);
  if (!message->root || !is_multipart(message->root) || g_mime_multipart_get_count(GMIME_MULTIPART(message->root)))
    return true;
  char *repaired = trpt_repair_boundary((trpt_str){data, len}, &message->added);
  if (!repaired) return false;
  release(message);
  message->copy = repaired;
  parse(message, repaired, len + message->added);
  return true;
}

static trpt_mail_message *allocate(uint32_t max_nesting) {
  trpt_mail_message *message = calloc(1, sizeof *message);
  if (!message) return NULL;
  message->levels = calloc(max_nesting, sizeof *message->levels);
  message->max_nesting = max_nesting;
  if (message->levels) return message;
  free(message);
  return NULL;
}

static void begin(trpt_mail_message *message) {
  message->body =
      is_message(message->root) ? g_mime_message_get_mime_part(GMIME_MESSAGE(message->root)) : message->root;
  trpt_mail_headers_read(&message->headers, message->root);
  message->whole.type_offset = trpt_mail_field_offset(message->root, "Content-Type");
}

/* The length of a byte order mark, empty lines and the "From " line of an mbox before the header. */
static size_t header_begin(trpt_str mail) {
  trpt_str rest = trpt_str_from(mail, trpt_mail_blank_len(mail.ptr, mail.len));
  /* What has no field is not taken for a mail: GCOVR_EXCL_BR_START */
  while (rest.len && !trpt_mail_is_field(rest.ptr, rest.len)) trpt_header_take_line(&rest);
  return rest.len ? mail.len - rest.len : 0;
  /* GCOVR_EXCL_BR_STOP */
}

trpt_status trpt_mail_message_new(trpt_mail_message **out, trpt_str mail, const trpt_mail_options *options,
                                  trpt_mail_fault *fault) {
  const size_t skipped = header_begin(mail);
  const char *data = mail.ptr + skipped;
  const size_t len = mail.len - skipped;
  char *copy;
  *out = NULL;
  if (!trpt_repair_line_ends((trpt_str){data, len}, &copy)) return TRPT_E_MEMORY;
  if (copy) data = copy;
  *fault = trpt_boundaries_check(data, len, options);
  if (len > mail_max_len) /* GCOVR_EXCL_BR_LINE: the tests have no mails of 4 GiB */
    *fault = trpt_mail_fault_limit("The mail is longer than # bytes.", mail_max_len); /* GCOVR_EXCL_LINE */
  const bool is_refused = fault->status != TRPT_OK;
  trpt_mail_message *message = is_refused ? NULL : allocate(options->max_nesting);
  if (!message) {
    g_free(copy);
    return is_refused ? fault->status : TRPT_E_MEMORY;
  }
  set_up();
  message->lines = &message->own_lines;
  message->skipped = skipped;
  message->copy = copy;
  const bool has_memory = trpt_mail_lines_read(&message->own_lines, mail) && read_mail(message, data, len);
  if (!has_memory || !message->root) {
    trpt_mail_message_free(message);
    if (!has_memory) return TRPT_E_MEMORY;
    *fault = trpt_mail_fault_of(TRPT_E_MAIL, "The mail has no readable header.");
    return fault->status;
  }
  begin(message);
  *out = message;
  return TRPT_OK;
}

trpt_mail_message *trpt_mail_message_within(const trpt_mail_message *outer, const trpt_mail_part *part) {
  trpt_mail_message *message = allocate(outer->max_nesting);
  if (!message) return NULL;
  message->root = GMIME_OBJECT(g_object_ref(part->message));
  message->lines = outer->lines;
  message->skipped = outer->skipped;
  message->added = outer->added;
  snprintf(message->number, sizeof message->number, "%s.", part->number);
  begin(message);
  return message;
}

void trpt_mail_message_free(trpt_mail_message *message) {
  if (!message) return;
  trpt_mail_headers_clear(&message->headers);
  release(message);
  g_free(message->media_type);
  trpt_mail_lines_free(&message->own_lines);
  free(message->levels);
  free(message->data);
  free(message);
}

const trpt_mail_headers *trpt_mail_message_headers(const trpt_mail_message *message) { return &message->headers; }
GMimeObject *trpt_mail_message_root(const trpt_mail_message *message) { return message->root; }

bool trpt_mail_message_has_fields(const trpt_mail_message *message) {
  return g_mime_header_list_get_count(g_mime_object_get_header_list(message->root)) > 0;
}

trpt_str trpt_mail_message_text(const trpt_mail_message *message) {
  return trpt_str_from(message->lines->text, message->skipped);
}

void trpt_mail_message_locate(const trpt_mail_message *message, trpt_mail_diagnostics *diagnostics) {
  trpt_mail_diagnostics_locate(diagnostics, message->lines, message->added, message->skipped);
}

/* The encoded content of a part, as it is in the mail. */
static trpt_str encoded_content(GMimeDataWrapper *content) {
  GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
  const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  const size_t end =
      stream->bound_end < 0 ? bytes->len : (size_t)stream->bound_end; /* GCOVR_EXCL_BR_LINE: always bound */
  const size_t begin = (size_t)stream->bound_start;
  return (trpt_str){(const char *)bytes->data + begin, end > begin ? end - begin : 0};
}

/* What follows the line that begins uuencoded data, which GMime does not skip. */
static trpt_str skip_begin_line(trpt_str content) {
  trpt_str rest = content;
  while (rest.len)
    if (trpt_str_begins_nocase(trpt_header_take_line(&rest), "begin ")) return rest;
  return content;
}

/* Decodes a content transfer encoding, RFC 2045 s6. */
static trpt_status decode(trpt_mail_message *message, trpt_str content, GMimeContentEncoding encoding,
                          trpt_mail_part *out) {
  GMimeEncoding state;
  if (encoding == GMIME_CONTENT_ENCODING_UUENCODE) content = skip_begin_line(content);
  g_mime_encoding_init_decode(&state, encoding);
  const size_t size = g_mime_encoding_outlen(&state, content.len);
  if (size > message->capacity) {
    char *data = realloc(message->data, size);
    if (!data) return TRPT_E_MEMORY;
    message->data = data;
    message->capacity = size;
  }
  out->data = message->data;
  out->len = g_mime_encoding_step(&state, content.ptr, content.len, message->data);
  /* Some senders omit the final padding of base64, without which GMime drops the last bytes. More padding adds nothing. */
  const size_t padding_len = encoding == GMIME_CONTENT_ENCODING_BASE64 ? 2 : 0;
  out->len += g_mime_encoding_flush(&state, "==", padding_len, message->data + out->len);
  out->kind = trpt_mail_kind_of(out->data, out->len);
  return TRPT_OK;
}

/* Whether reports come in this kind. Text that merely looks like a mail or mbox does not count. */
static bool is_report_kind(trpt_mail_kind kind) {
  return kind != TRPT_MAIL_KIND_UNKNOWN && kind != TRPT_MAIL_KIND_MESSAGE && kind != TRPT_MAIL_KIND_MBOX;
}

/* Whether the content consists only of base64 characters and line ends. */
static bool is_base64(trpt_str content) {
  for (size_t i = 0; i < content.len; i++)
    if (!g_ascii_isalnum(content.ptr[i]) && !strchr("+/=\r\n", content.ptr[i])) return false;
  return content.len != 0;
}

/* Reads base64 without a label, if reports come in what it decodes to. */
static trpt_status read_unlabelled_base64(trpt_mail_message *message, trpt_str content, trpt_mail_part *out) {
  const trpt_mail_part undecoded = *out;
  if (!is_base64(content)) return TRPT_OK;
  const trpt_status status = decode(message, content, GMIME_CONTENT_ENCODING_BASE64, out);
  if (!is_report_kind(out->kind)) *out = undecoded;
  return status;
}

/* The label gives the encoding of a part. If the content contradicts it, the content decides. */
static trpt_status read_content(trpt_mail_message *message, trpt_str content, GMimeContentEncoding encoding,
                                trpt_mail_part *out) {
  const bool is_text = encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
  const bool is_binary = encoding == GMIME_CONTENT_ENCODING_BASE64 || encoding == GMIME_CONTENT_ENCODING_UUENCODE;
  out->data = content.ptr;
  out->len = content.len;
  out->kind = trpt_mail_kind_of(content.ptr, content.len);
  const bool is_plain = out->kind == TRPT_MAIL_KIND_GZIP || out->kind == TRPT_MAIL_KIND_ZIP ||
                        (out->kind == TRPT_MAIL_KIND_JSON && !is_text);
  if (is_plain) return TRPT_OK;
  if (is_binary) return decode(message, content, encoding, out);
  if (is_report_kind(out->kind) && !is_text) return TRPT_OK;
  const trpt_status status = read_unlabelled_base64(message, content, out);
  if (!is_text || status != TRPT_OK || out->data != content.ptr) return status;
  return decode(message, content, encoding, out);
}

static void read_filename(GMimePart *leaf, trpt_mail_part *out) {
  GMimeObject *object = GMIME_OBJECT(leaf);
  out->filename = trpt_str_of(g_mime_part_get_filename(leaf));
  if (!out->filename.ptr) return;
  out->parsed_filename = trpt_filename_parse(out->filename);
  out->filename_field = g_mime_object_get_content_disposition(object) ? "Content-Disposition" : "Content-Type";
  out->filename_offset = trpt_mail_field_offset(object, out->filename_field);
}

static trpt_status read_leaf(trpt_mail_message *message, GMimePart *leaf, trpt_mail_part *out) {
  GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(leaf));
  GMimeDataWrapper *content = g_mime_part_get_content(leaf);
  trpt_status status = TRPT_OK;
  char *media_type = g_mime_content_type_get_mime_type(type);
  message->media_type = g_ascii_strdown(media_type, -1);
  g_free(media_type);
  out->media_type = trpt_str_of(message->media_type);
  read_filename(leaf, out);
  out->data = "";
  if (content) status = read_content(message, encoded_content(content), g_mime_data_wrapper_get_encoding(content), out);
  return status;
}

static trpt_mail_multipart read_multipart(GMimeObject *object, uint64_t type_offset) {
  GMimeContentType *type = g_mime_object_get_content_type(object);
  trpt_mail_multipart info = {.is_report = g_mime_content_type_is_type(type, "multipart", "report"),
                              .count = g_mime_multipart_get_count(GMIME_MULTIPART(object)),
                              .type_offset = type_offset};
  const char *report_type = info.is_report ? g_mime_content_type_get_parameter(type, "report-type") : NULL;
  if (report_type)
    info.report_type =
        g_ascii_strcasecmp(report_type, "tlsrpt") == 0 ? TRPT_REPORT_TYPE_TLSRPT : TRPT_REPORT_TYPE_OTHER;
  return info;
}

static trpt_status visit(trpt_mail_message *message, GMimeObject *object, trpt_mail_part *out, bool *found) {
  *found = true;
  out->is_set = true;
  out->type_offset = trpt_mail_field_offset(object, "Content-Type");
  out->number = message->number;
  if (is_multipart(object)) {
    if (message->depth == message->max_nesting) {
      out->media_type = (trpt_str){"", 0};
      out->fault = trpt_mail_fault_limit("The mail is nested deeper than max_nesting (#).", message->max_nesting);
      return TRPT_OK;
    }
    const size_t len = strlen(message->number);
    level *inner = &message->levels[message->depth];
    *inner = (level){GMIME_MULTIPART(object), read_multipart(object, out->type_offset), 0, len};
    /* Parts of the outermost multipart have no prefix in their numbers. */
    if (message->depth && len + 1 < sizeof message->number) {
      memcpy(message->number + len, ".", 2);
      inner->number_len++;
    }
    message->depth++;
    *found = false;
    return TRPT_OK;
  }
  if (is_message_part(object)) {
    out->media_type = (trpt_str)TRPT_STR("message/rfc822");
    out->message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    *found = out->message != NULL;
    return TRPT_OK;
  }
  return read_leaf(message, GMIME_PART(object), out);
}

static void add_number(trpt_mail_message *message, size_t len, int number) {
  snprintf(message->number + len, sizeof message->number - len, "%d", number);
}

trpt_status trpt_mail_message_next(trpt_mail_message *message, trpt_mail_part *out) {
  bool found = false;
  g_free(message->media_type);
  message->media_type = NULL;
  *out = (trpt_mail_part){0};
  if (!message->has_begun) {
    message->has_begun = true;
    if (!message->body) return TRPT_END; /* GCOVR_EXCL_BR_LINE: GMime gives each mail a part */
    out->multipart = &message->whole;
    if (!is_multipart(message->body)) add_number(message, strlen(message->number), 1);
    const trpt_status status = visit(message, message->body, out, &found);
    if (status != TRPT_OK || found) return status;
  }
  while (message->depth) {
    level *top = &message->levels[message->depth - 1];
    if (top->next == g_mime_multipart_get_count(top->multipart)) {
      message->depth--;
      continue;
    }
    GMimeObject *object = g_mime_multipart_get_part(top->multipart, top->next);
    out->multipart = &top->info;
    out->index = top->next++;
    add_number(message, top->number_len, top->next);
    const trpt_status status = visit(message, object, out, &found);
    if (status != TRPT_OK || found) return status;
  }
  *out = (trpt_mail_part){0};
  return TRPT_END;
}
