/* SPDX-License-Identifier: MIT */
#include "parser.h"

/* The ratio of a small report says nothing. */
#define RATIO_FREE (UINT64_C(1) << 20)

static const unsigned char gzip_first_byte = 0x1F; /* RFC 1952 s2.3.1; no JSON text begins with it */

void trpt_input_reset(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  input->kind = TRPT_INPUT_UNKNOWN;
  input->taken = 0;
  input->text_offset = 0;
  input->given = 0;
  input->window_len = 0;
  input->status = TRPT_GZIP_MORE;
  input->over_limit = false;
  trpt_json_reset(&parser->json);
  parser->token.offset = 0;
}

static void fail_limit(trpt_parser *parser, trpt_limit limit) {
  const uint64_t offset = trpt_json_offset(&parser->json);
  trpt_fail_limit(parser, limit, trpt_json_position(&parser->json, offset), trpt_path_now(parser));
}

/* What max_input leaves of `len` bytes. False, with the parser failed, where it is nothing. */
static bool allow(trpt_parser *parser, size_t *len) {
  const uint64_t allowed = parser->options.max_input - parser->input.taken;
  if (*len && !allowed) {
    fail_limit(parser, TRPT_LIMIT_INPUT);
    return false;
  }
  if (*len > allowed) *len = (size_t)allowed;
  return true;
}

static bool next_plain(trpt_parser *parser, const unsigned char *data, size_t len) {
  trpt_input *input = &parser->input;
  if (!allow(parser, &len)) return false;
  input->given = len;
  trpt_json_set_chunk(&parser->json, data, len, input->text_offset);
  return true;
}

void trpt_input_release(trpt_parser *parser, size_t *taken) {
  trpt_input *input = &parser->input;
  const size_t used = input->given - (input->given ? (size_t)(parser->json.end - parser->json.cursor) : 0);
  if (!input->given) return;
  *taken += used;
  input->taken += used;
  input->text_offset += used;
  input->given = 0;
  trpt_json_set_chunk(&parser->json, "", 0, input->text_offset);
}

/* What was found in gzip is told once all that came out before it has been read. */
static void tell(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  const trpt_position position = {input->gzip.offset, 0, 0};
  const trpt_path path = trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE);
  if (input->status == TRPT_GZIP_BAD) trpt_fail(parser, TRPT_E_COMPRESSION, input->gzip.code, position, path);
  if (input->status == TRPT_GZIP_DIAGNOSTIC) trpt_emit(parser, input->gzip.code, position, path);
}

/* max_ratio. */
static bool is_bomb(const trpt_parser *parser) {
  const trpt_gzip *gzip = &parser->input.gzip;
  return gzip->out_total > RATIO_FREE && gzip->out_total / parser->options.max_ratio > trpt_gzip_bits_used(gzip) / 8;
}

/* Room in the window: none where it is full and gzip has not yet said that more is to come, so that the limits are always
   looked at in the same place. Else up to its end, or one byte more than max_inflated allows, which shows that there is
   more. */
static size_t window_room(const trpt_parser *parser) {
  const trpt_input *input = &parser->input;
  const uint64_t allowed = parser->options.max_inflated - input->gzip.out_total;
  const size_t filled = (size_t)(input->gzip.out_total % TRPT_WINDOW_SIZE);
  const bool full = !filled && input->gzip.out_total;
  if (full && input->status != TRPT_GZIP_OUTPUT && !parser->ended) return 0;
  const size_t room = TRPT_WINDOW_SIZE - filled;
  return room > allowed ? (size_t)allowed + 1 : room;
}

static bool inflate(trpt_parser *parser, const unsigned char *data, size_t len, size_t *taken) {
  trpt_input *input = &parser->input;
  trpt_gzip *gzip = &input->gzip;
  size_t left = len - *taken;
  size_t used;
  size_t out;
  if (!allow(parser, &left)) return false;
  input->status =
      trpt_gzip_read(gzip, left ? data + *taken : input->window, left, &used, input->window, window_room(parser), &out);
  *taken += used;
  input->taken += used;
  input->over_limit = gzip->out_total > parser->options.max_inflated;
  input->window_len = out - input->over_limit;
  trpt_json_set_chunk(&parser->json, input->window, input->window_len, input->text_offset);
  return true;
}

static bool next_inflated(trpt_parser *parser, const unsigned char *data, size_t len, size_t *taken) {
  trpt_input *input = &parser->input;
  for (;;) {
    input->text_offset += input->window_len;
    input->window_len = 0;
    trpt_json_set_chunk(&parser->json, input->window, 0, input->text_offset);
    if (input->over_limit) fail_limit(parser, TRPT_LIMIT_INFLATED);
    if (input->status == TRPT_GZIP_OUTPUT && is_bomb(parser)) fail_limit(parser, TRPT_LIMIT_RATIO);
    tell(parser);
    if (input->status == TRPT_GZIP_DIAGNOSTIC) input->status = TRPT_GZIP_MORE;
    if (parser->failed.status || parser->queue_count || !inflate(parser, data, len, taken)) return false;
    if (input->window_len) return true;
    if (input->status == TRPT_GZIP_MORE && *taken == len) return false;
  }
}

bool trpt_input_next(trpt_parser *parser, const unsigned char *data, size_t len, size_t *taken) {
  trpt_input *input = &parser->input;
  if (input->kind == TRPT_INPUT_UNKNOWN) {
    if (!len) return false;
    const bool gzip = data[0] == gzip_first_byte && !(parser->options.flags & TRPT_NO_INFLATE);
    input->kind = gzip ? TRPT_INPUT_GZIP : TRPT_INPUT_PLAIN;
    if (gzip) trpt_gzip_reset(&input->gzip);
  }
  if (input->kind == TRPT_INPUT_GZIP) return next_inflated(parser, data, len, taken);
  trpt_input_release(parser, taken);
  return *taken < len && next_plain(parser, data + *taken, len - *taken);
}

/* The end of the input, behind the last of the text. */
void trpt_input_finish(trpt_parser *parser) {
  trpt_input *input = &parser->input;
  if (input->kind != TRPT_INPUT_GZIP || trpt_gzip_finish(&input->gzip) != TRPT_GZIP_BAD) return;
  trpt_fail(parser, TRPT_E_TRUNCATED, input->gzip.code, (trpt_position){input->gzip.offset, 0, 0},
            trpt_path_of(TRPT_IN_NOTHING, TRPT_MEMBER_NONE));
}
