/* SPDX-License-Identifier: MIT */
#include "bridge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for `count` more elements. Returns whether there is enough memory. */
static int reserve(void **elements, size_t size, size_t used, size_t *capacity, size_t count) {
  size_t wanted = *capacity ? *capacity : 64;
  void *grown;
  if (count <= *capacity - used) return 1;
  while (wanted - used < count) {
    if (wanted > SIZE_MAX / 2 / size) return 0;
    wanted *= 2;
  }
  grown = realloc(*elements, wanted * size);
  if (!grown) return 0;
  *elements = grown;
  *capacity = wanted;
  return 1;
}

int trpt_go_append(void *user, const char *data, size_t len) {
  trpt_go *go = user;
  void *out = go->out;
  if (!reserve(&out, 1, go->out_size, &go->out_capacity, len)) return 1;
  go->out = out;
  memcpy(go->out + go->out_size, data, len);
  go->out_size += len;
  return 0;
}

static void free_all(trpt_go *go) {
  trpt_report_free(go->report);
  trpt_parser_free(go->parser);
  free(go->rows_memory);
  free(go->parts);
  free(go->out);
  free(go);
}

trpt_status trpt_go_new(trpt_go **out, const trpt_options *options, int32_t rows_format) {
  const trpt_rows_options rows = {sizeof rows, rows_format, 0};
  trpt_go *go = calloc(1, sizeof *go);
  trpt_status status;
  *out = NULL;
  if (!go) return TRPT_E_MEMORY;
  status = trpt_parser_new(&go->parser, options);
  if (status == TRPT_OK && rows_format >= 0) {
    go->rows_memory = malloc(trpt_rows_size());
    status = go->rows_memory ? trpt_rows_init(&go->rows, go->rows_memory, trpt_rows_size(), &rows, trpt_go_append, go)
                             : TRPT_E_MEMORY;
  }
  if (status == TRPT_OK)
    *out = go;
  else
    free_all(go);
  return status;
}

void trpt_go_free(trpt_go *go) {
  if (go) free_all(go);
}

void trpt_go_drop(trpt_go *go) {
  trpt_report_free(go->report);
  go->report = NULL;
}

/* The next report as a tree. */
static trpt_status next_tree(trpt_go *go, int first, const char *data, size_t len, size_t *used) {
  trpt_str rest = {data, len};
  trpt_status status;
  trpt_go_drop(go);
  if (first) trpt_parser_reset(go->parser);
  status = trpt_reports_next(go->parser, &rest, &go->report);
  *used = len - rest.len;
  return status;
}

static void count_text(trpt_go *go, trpt_str text) {
  go->text_size += text.len;
  go->text_count += text.ptr != NULL;
}

static void count_list(trpt_go *go, const trpt_str *texts, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) count_text(go, texts[i]);
}

static void add_metadata(trpt_go *go, const trpt_metadata *m) {
  go->part_count = go->text_size = go->text_count = 0;
  count_text(go, m->organization_name);
  count_text(go, m->contact_info);
  count_text(go, m->report_id);
}

static void add_policy(trpt_go *go, const trpt_policy *p) {
  go->parts[go->part_count++] = p;
  count_text(go, p->type_name);
  count_text(go, p->domain);
  count_list(go, p->strings, p->string_count);
  count_list(go, p->mx_hosts, p->mx_host_count);
}

static void add_failure(trpt_go *go, const trpt_failure *f) {
  go->parts[go->part_count++] = f;
  count_text(go, f->type_name);
  count_text(go, f->sending_mta_ip);
  count_text(go, f->receiving_mx_hostname);
  count_text(go, f->receiving_mx_helo);
  count_text(go, f->receiving_ip);
  count_text(go, f->additional_information);
  count_text(go, f->failure_reason_code);
}

static void add_diagnostic(trpt_go *go, const trpt_diagnostic *d) {
  go->parts[go->part_count++] = d;
  go->text_size += strlen(d->where);
}

trpt_status trpt_go_next(trpt_go *go, int first, const void *data, size_t len, size_t *used) {
  const trpt_status status = next_tree(go, first, data, len, used);
  const trpt_report *report = go->report;
  const trpt_metadata *metadata = go->metadata = trpt_report_metadata(report);
  const uint32_t diagnostics = trpt_report_diagnostic_count(report);
  void *parts = (void *)go->parts;
  if (status != TRPT_OK) return status;
  add_metadata(go, metadata);
  if (!reserve(&parts, sizeof *go->parts, 0, &go->part_capacity,
               (size_t)metadata->policy_count + (size_t)metadata->failure_count + diagnostics))
    return TRPT_E_MEMORY;
  go->parts = parts;
  for (uint32_t i = 0; i < metadata->policy_count; i++) {
    const uint32_t failures = trpt_report_failure_count(report, i);
    add_policy(go, trpt_report_policy(report, i));
    for (uint32_t j = 0; j < failures; j++) add_failure(go, trpt_report_failure(report, i, j));
  }
  for (uint32_t i = 0; i < diagnostics; i++) add_diagnostic(go, trpt_report_diagnostic(report, i));
  return trpt_report_key(report, go->key, sizeof go->key, NULL);
}

static trpt_source source_of(const char *name, size_t name_len) {
  return (trpt_source){sizeof(trpt_source), {name_len ? name : "", name_len}};
}

/* Nothing else cancels. */
static trpt_status written(trpt_status status) { return status == TRPT_E_CANCELED ? TRPT_E_MEMORY : status; }

trpt_status trpt_go_json(trpt_go *go, const void *data, size_t len, const char *name, size_t name_len) {
  const trpt_source source = source_of(name, name_len);
  go->out_size = 0;
  return written(trpt_reports_json(go->parser, data, len, &source, 0, trpt_go_append, go));
}

trpt_status trpt_go_rows(trpt_go *go, const void *data, size_t len, const char *name, size_t name_len) {
  const trpt_source source = source_of(name, name_len);
  go->out_size = 0;
  return written(trpt_rows_reports(go->rows, go->parser, data, len, &source));
}

trpt_status trpt_go_header(trpt_go *go) {
  go->out_size = 0;
  return trpt_rows_header(go->rows);
}

static int add_copy(void *go, const trpt_diagnostic *diagnostic) {
  trpt_go_diagnostic copy = {*diagnostic, ""};
  snprintf(copy.where, sizeof copy.where, "%s", diagnostic->where);
  return trpt_go_append(go, (const char *)&copy, sizeof copy);
}

trpt_status trpt_go_diagnose(const char *text, size_t len, trpt_go *go) {
  return trpt_record_diagnose(text, len, add_copy, go);
}
