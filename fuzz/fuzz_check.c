/* SPDX-License-Identifier: MIT */
/* tlsrpt check with the input as answers of DNS. Besides not crashing, the queries must end, and the output must have no
   terminal control characters. */

#include "check/check_view.h"
#include "check/domain.h"
#include "fuzzing.h"

/* Simulates the network with the rest of the input. */
struct resolver {
  const uint8_t *data;
  size_t size;
  unsigned asked;
};

static uint8_t take(resolver *r) {
  if (!r->size) return 0;
  r->size--;
  return *r->data++;
}

/* Each answer repeats the question, which c-ares checks; a part of the input follows. */
void resolver_ask(resolver *r, const uint8_t *question, size_t len, unsigned how, resolver_done *done, void *user) {
  enum { HEADER = 12, OPT = 11 };
  r->asked++;
  const uint8_t kind = take(r);
  if (!r->size) {
    done(user, how & RESOLVER_OTHERS ? "others" : "none", NULL, 0);
    return;
  }
  const size_t asked = question[11] ? len - OPT : len;
  size_t taken = (size_t)take(r) << 8 | take(r);
  if (taken > r->size) taken = r->size;
  uint8_t *answer = malloc(asked + taken);
  if (!answer) abort();
  memcpy(answer, question, asked);
  if (taken) memcpy(answer + asked, r->data, taken);
  r->data += taken;
  r->size -= taken;
  answer[2] = 0x80 | (kind & 0x06);
  answer[3] = kind >> 4 < 6 ? kind >> 4 : 0x20;
  answer[7] = kind & 0x0F;
  answer[11] = kind & 1;
  done(user, NULL, answer, asked + taken);
  free(answer);
}

bool resolver_has_others(const resolver *r) { return r->size & 1; }
void resolver_cancel(resolver *r) { (void)r; }
uint16_t resolver_id(void) { return 1; }

static void check_output(const buffer *out, bool with_lines) {
  CHECK(!out->failed);
  for (size_t i = 0; i < out->len; i++) {
    const unsigned char c = (unsigned char)out->data[i];
    CHECK((c >= ' ' && c != 0x7F) || (c == '\n' && (with_lines || i + 1 == out->len)));
    CHECK(c != 0xC2 || (unsigned char)out->data[i + 1] >= 0xA0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char domain[] = "example.com";
  resolver r = {data, size, 0};
  queries all = {.resolver = &r};
  dns_name name;
  CHECK(dns_name_below(&name, domain, sizeof domain - 1, NULL));

  probe s;
  size_t asked;
  do {
    asked = all.count;
    CHECK(queries_settle(&all));
    probe_ask(&s, &all, &name, true);
  } while (all.count != asked);
  /* Each query may be sent again without EDNS, over TCP, to the other servers, and for each alias. */
  CHECK(all.count < 300 && r.asked < all.count * 6 * 18);

  const trpt_str text = {domain, sizeof domain - 1};
  const check_view view = {.input = text, .domain = text, .probe = &s};
  buffer out = {0};
  check_text(&out, &view);
  check_output(&out, true);
  buffer_clear(&out);
  check_json(&out, &view);
  check_output(&out, false);
  buffer_free(&out);
  queries_free(&all);
  return 0;
}
