/* SPDX-License-Identifier: MIT */
/* Loads reports into an SQLite database, with one transaction per report. An error rolls it back, and loading a report
   twice stores it once.
   usage: sqlite DATABASE FILE... */
#include <sqlite3.h>
#include <stdio.h>

#include <tlsrpt/trpt.h>

static const char schema[] = "CREATE TABLE IF NOT EXISTS policy (report_key TEXT, policy_index INTEGER, type TEXT, "
                             "domain TEXT, successful INTEGER,"
                             " failed INTEGER, PRIMARY KEY (report_key, policy_index));"
                             "CREATE TABLE IF NOT EXISTS failure (report_key TEXT, policy_index INTEGER, failure_index "
                             "INTEGER, type TEXT, mx TEXT,"
                             " failed INTEGER, PRIMARY KEY (report_key, policy_index, failure_index));";
static const char insert_policy[] = "INSERT OR IGNORE INTO policy VALUES (?, ?, ?, ?, ?, ?)";
static const char insert_failure[] = "INSERT OR IGNORE INTO failure VALUES (?, ?, ?, ?, ?, ?)";

static void bind(sqlite3_stmt *statement, int column, trpt_str text) {
  if (text.ptr) sqlite3_bind_text64(statement, column, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
}

/* SQLite has no unsigned integers, so larger counts are stored as the maximum. */
static sqlite3_int64 integer(uint64_t count) { return count > INT64_MAX ? INT64_MAX : (sqlite3_int64)count; }

static int run(sqlite3_stmt *statement) {
  const int done = sqlite3_step(statement) == SQLITE_DONE;
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return done;
}

static int add_policy(sqlite3_stmt *statement, const char *key, const trpt_policy *policy) {
  sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_int64(statement, 2, policy->index);
  bind(statement, 3, policy->type_name);
  bind(statement, 4, policy->domain);
  sqlite3_bind_int64(statement, 5, integer(policy->successful_sessions));
  sqlite3_bind_int64(statement, 6, integer(policy->failed_sessions));
  return run(statement);
}

static int add_failure(sqlite3_stmt *statement, const char *key, const trpt_failure *failure) {
  sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_int64(statement, 2, failure->policy_index);
  sqlite3_bind_int64(statement, 3, failure->index);
  bind(statement, 4, failure->type_name);
  bind(statement, 5, failure->receiving_mx_hostname);
  sqlite3_bind_int64(statement, 6, integer(failure->failed_sessions));
  return run(statement);
}

static int add_report(sqlite3_stmt *policies, sqlite3_stmt *failures, const trpt_report *report) {
  char key[64];
  if (trpt_report_key(report, key, sizeof key, NULL) != TRPT_OK) return 0;
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) {
    if (!add_policy(policies, key, trpt_report_policy(report, i))) return 0;
    for (uint32_t j = 0; j < trpt_report_failure_count(report, i); j++)
      if (!add_failure(failures, key, trpt_report_failure(report, i, j))) return 0;
  }
  return 1;
}

/* Returns NULL after printing an error if the file is not a valid report. One parser reads all files. */
static trpt_report *read_report(trpt_parser *parser, const char *path) {
  char chunk[65536];
  trpt_report *report = NULL;
  trpt_status status = TRPT_MORE;
  FILE *file = fopen(path, "rb");
  trpt_parser_reset(parser);
  for (size_t len; file && status == TRPT_MORE && (len = fread(chunk, 1, sizeof chunk, file)) > 0;)
    status = trpt_report_read(parser, chunk, len, &report);
  if (file && status == TRPT_MORE && !ferror(file)) status = trpt_report_read(parser, NULL, 0, &report);
  if (!file || ferror(file)) {
    perror(path);
  } else if (status < 0) {
    fprintf(stderr, "%s: %s\n", path, trpt_parser_error(parser)->message);
  }
  if (file) fclose(file);
  return report;
}

static int load(sqlite3 *database, trpt_parser *parser, sqlite3_stmt *policies, sqlite3_stmt *failures,
                const char *path) {
  trpt_report *report = read_report(parser, path);
  if (!report) return 0;
  sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);
  const int added = add_report(policies, failures, report);
  trpt_report_free(report);
  if (!added) fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(database));
  return sqlite3_exec(database, added ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK && added;
}

int main(int argc, char **argv) {
  const trpt_options options = {.struct_size = sizeof options, .flags = TRPT_NO_DIAGNOSTICS};
  sqlite3 *database = NULL;
  sqlite3_stmt *policies = NULL;
  sqlite3_stmt *failures = NULL;
  trpt_parser *parser = NULL;
  int good = argc > 2 && trpt_parser_new(&parser, &options) == TRPT_OK &&
             sqlite3_open(argv[1], &database) == SQLITE_OK &&
             sqlite3_exec(database, schema, NULL, NULL, NULL) == SQLITE_OK &&
             sqlite3_prepare_v2(database, insert_policy, -1, &policies, NULL) == SQLITE_OK &&
             sqlite3_prepare_v2(database, insert_failure, -1, &failures, NULL) == SQLITE_OK;
  if (!good) fprintf(stderr, "%s\n", database ? sqlite3_errmsg(database) : "usage: sqlite DATABASE FILE...");
  for (int i = 2; policies && failures && i < argc; i++) good &= load(database, parser, policies, failures, argv[i]);
  sqlite3_finalize(policies);
  sqlite3_finalize(failures);
  sqlite3_close(database);
  trpt_parser_free(parser);
  return good ? 0 : 1;
}
