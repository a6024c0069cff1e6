/* SPDX-License-Identifier: MIT */
#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A multipart whose parts are being looked at. */
typedef struct level {
  GMimeMultipart *multipart;
  int next;
  size_t number_len; /* of its own number */
} level;

struct trpt_mail_message {
  GMimeObject *root;
  GMimeObject *body; /* the root, or what a GMimeMessage holds */
  GByteArray *bytes; /* of the outermost mail; borrowed for GMime */
  trpt_mail_facts facts;
  trpt_str text;
  uint64_t max_part;
  uint32_t max_nesting;
  bool begun;
  uint32_t depth;
  level *levels; /* max_nesting of them */
  char number[TRPT_MAIL_PART_NUMBER_SIZE];
  char *media_type; /* of the part that was handed out */
  char *data;       /* the same, decoded */
  size_t capacity;
};

/* GMime's own set-up is not safe between threads. */
static void set_up(void) {
  static gsize done;
  if (g_once_init_enter(&done)) {
    g_mime_init();
    g_once_init_leave(&done, 1);
  }
}

/* GMime reads the caller's bytes where they lie. Read as a part, not as a mail: so GMime leaves its addresses alone. */
static GMimeObject *parse(GByteArray *bytes) {
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  g_mime_parser_set_persist_stream(parser, TRUE);
  GMimeObject *root = g_mime_parser_construct_part(parser, NULL);
  g_object_unref(parser);
  g_object_unref(stream);
  return root;
}

static trpt_mail_message *make(uint64_t max_part, uint32_t max_nesting, GMimeObject *root, trpt_str text,
                               const char *number) {
  trpt_mail_message *message = calloc(1, sizeof *message);
  level *levels = calloc(max_nesting, sizeof *levels);
  if (!message || !levels) {
    free(message);
    free(levels);
    return NULL;
  }
  message->levels = levels;
  message->root = root;
  message->text = text;
  message->max_part = max_part;
  message->max_nesting = max_nesting;
  message->body = GMIME_IS_MESSAGE(root) ? g_mime_message_get_mime_part(GMIME_MESSAGE(root)) : root;
  snprintf(message->number, sizeof message->number, "%s%s", number, *number ? "." : "");
  trpt_mail_facts_read(&message->facts, root);
  return message;
}

trpt_mail_message *trpt_mail_message_new(const char *data, size_t len, uint64_t max_part, uint32_t max_nesting) {
  set_up();
  GByteArray *bytes = g_byte_array_new_take((guint8 *)(uintptr_t)data, len);
  GMimeObject *root = parse(bytes);
  trpt_mail_message *message = make(max_part, max_nesting, root, (trpt_str){data, len}, "");
  if (message) {
    message->bytes = bytes;
    return message;
  }
  g_object_unref(root);
  g_byte_array_steal(bytes, NULL);
  g_byte_array_unref(bytes);
  return NULL;
}

trpt_mail_message *trpt_mail_message_within(const trpt_mail_message *outer, const trpt_mail_part *part) {
  return make(outer->max_part, outer->max_nesting, GMIME_OBJECT(g_object_ref(part->message)), outer->text,
              part->number);
}

void trpt_mail_message_free(trpt_mail_message *message) {
  if (!message) return;
  trpt_mail_facts_clear(&message->facts);
  g_object_unref(message->root);
  if (message->bytes) {
    g_byte_array_steal(message->bytes, NULL);
    g_byte_array_unref(message->bytes);
  }
  g_free(message->media_type);
  free(message->levels);
  free(message->data);
  free(message);
}

const trpt_mail_facts *trpt_mail_message_facts(const trpt_mail_message *message) { return &message->facts; }
GMimeObject *trpt_mail_message_root(const trpt_mail_message *message) { return message->root; }
trpt_str trpt_mail_message_text(const trpt_mail_message *message) { return message->text; }

/* What stands encoded in the mail. */
static trpt_str encoded_content(GMimeDataWrapper *content) {
  GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
  const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  const size_t end = stream->bound_end < 0 ? bytes->len : (size_t)stream->bound_end;
  const size_t begin = (size_t)stream->bound_start;
  return (trpt_str){(const char *)bytes->data + begin, end > begin ? end - begin : 0};
}

/* What is behind a transfer encoding, RFC 2045 s6. */
static trpt_status decode(trpt_mail_message *message, trpt_str content, GMimeContentEncoding encoding,
                          trpt_mail_part *out) {
  GMimeEncoding state;
  g_mime_encoding_init_decode(&state, encoding);
  const size_t size = g_mime_encoding_outlen(&state, content.len);
  if (size > message->capacity) {
    char *data = realloc(message->data, size);
    if (!data) return TRPT_E_MEMORY;
    message->data = data;
    message->capacity = size;
  }
  out->data = message->data;
  out->len = g_mime_encoding_flush(&state, content.ptr, content.len, message->data);
  return TRPT_OK;
}

static trpt_status read_leaf(trpt_mail_message *message, GMimePart *leaf, trpt_mail_part *out) {
  GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(leaf));
  GMimeDataWrapper *content = g_mime_part_get_content(leaf);
  trpt_status status = TRPT_OK;
  char *media_type = g_mime_content_type_get_mime_type(type);
  message->media_type = g_ascii_strdown(media_type, -1);
  g_free(media_type);
  out->media_type = message->media_type;
  out->filename = g_mime_part_get_filename(leaf);
  out->data = "";
  if (content) {
    const trpt_str encoded = encoded_content(content);
    const GMimeContentEncoding encoding = g_mime_data_wrapper_get_encoding(content);
    if (encoding == GMIME_CONTENT_ENCODING_BASE64 || encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
        encoding == GMIME_CONTENT_ENCODING_UUENCODE)
      status = decode(message, encoded, encoding, out);
    else
      out->data = encoded.ptr, out->len = encoded.len;
  }
  if (out->len > message->max_part) out->fault = "The part is longer than max_message allows.";
  out->kind = trpt_mail_kind_of(out->data, out->len);
  return status;
}

static trpt_status look_at(trpt_mail_message *message, GMimeObject *object, trpt_mail_part *out, bool *found) {
  *found = true;
  out->object = object;
  out->number = message->number;
  if (GMIME_IS_MULTIPART(object)) {
    if (message->depth == message->max_nesting) {
      out->media_type = "";
      out->fault = "The mail is nested deeper than max_nesting allows.";
      return TRPT_OK;
    }
    const size_t len = strlen(message->number);
    level *deeper = &message->levels[message->depth];
    *deeper = (level){GMIME_MULTIPART(object), 0, len};
    /* The parts of the outermost multipart have numbers of their own alone. */
    if (message->depth && len + 1 < sizeof message->number) {
      memcpy(message->number + len, ".", 2);
      deeper->number_len++;
    }
    message->depth++;
    *found = false;
    return TRPT_OK;
  }
  if (GMIME_IS_MESSAGE_PART(object)) {
    out->media_type = "message/rfc822";
    out->message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    *found = out->message != NULL;
    return TRPT_OK;
  }
  *found = GMIME_IS_PART(object);
  return *found ? read_leaf(message, GMIME_PART(object), out) : TRPT_OK;
}

static void add_number(trpt_mail_message *message, size_t len, int number) {
  snprintf(message->number + len, sizeof message->number - len, "%d", number);
}

trpt_status trpt_mail_message_next(trpt_mail_message *message, trpt_mail_part *out) {
  bool found = false;
  g_free(message->media_type);
  message->media_type = NULL;
  *out = (trpt_mail_part){0};
  if (!message->begun) {
    message->begun = true;
    if (!message->body) return TRPT_END;
    if (!GMIME_IS_MULTIPART(message->body)) add_number(message, strlen(message->number), 1);
    const trpt_status status = look_at(message, message->body, out, &found);
    if (status != TRPT_OK || found) return status;
  }
  while (message->depth) {
    level *top = &message->levels[message->depth - 1];
    if (top->next == g_mime_multipart_get_count(top->multipart)) {
      message->depth--;
      continue;
    }
    GMimeObject *object = g_mime_multipart_get_part(top->multipart, top->next);
    out->parent = GMIME_OBJECT(top->multipart);
    out->index = top->next++;
    add_number(message, top->number_len, top->next);
    const trpt_status status = look_at(message, object, out, &found);
    if (status != TRPT_OK || found) return status;
  }
  return TRPT_END;
}
