/* SPDX-License-Identifier: MIT */
/* The public headers of libtrpt 0.1.0 without preprocessor and comments: for ffi.cdef of LuaJIT and of Python's cffi, and for
   other makers of bindings. Made by docs/generate; what all of it means stands in the headers and in api.json. size_t and the
   types of stdint.h are taken as known. */

/* <tlsrpt/status.h>, libtrpt */
enum {
  TRPT_VERSION_NUMBER = 256
};
typedef struct trpt_str {
  const char *ptr;
  size_t len;
} trpt_str;
typedef int (*trpt_write_fn)(void *user, const char *data, size_t len);
typedef int32_t trpt_status;
enum {
  TRPT_OK = 0,
  TRPT_END = 1,
  TRPT_MORE = 2,
  TRPT_E_ARGUMENT = -1,
  TRPT_E_STATE = -2,
  TRPT_E_MEMORY = -3,
  TRPT_E_LIMIT = -4,
  TRPT_E_CANCELED = -5,
  TRPT_E_BUFFER = -6,
  TRPT_E_UNSUPPORTED = -7,
  TRPT_E_SYNTAX = -8,
  TRPT_E_NOT_TLSRPT = -10,
  TRPT_E_NO_RECORD = -11,
  TRPT_E_MANY_RECORDS = -12,
  TRPT_E_RECORD = -13,
  TRPT_E_JSON = -20,
  TRPT_E_SCHEMA = -21,
  TRPT_E_TRUNCATED = -22,
  TRPT_E_COMPRESSION = -23,
  TRPT_E_NO_REPORT = -30,
  TRPT_E_MAIL = -31
};
enum {
  TRPT_STRICT = 1,
  TRPT_NO_INFLATE = 2,
  TRPT_NO_DIAGNOSTICS = 4,
  TRPT_NO_FINDINGS = 4,
  TRPT_SEQUENCE = 8
};
typedef struct trpt_error {
  trpt_status status;
  uint32_t line;
  uint32_t column;
  uint32_t reserved;
  uint64_t offset;
  const char *code;
  char where[128];
  char message[128];
} trpt_error;
const char *trpt_status_name(trpt_status status);
const char *trpt_status_message(trpt_status status);
const char *trpt_version(void);
uint32_t trpt_version_number(void);

/* <tlsrpt/diagnostic.h>, libtrpt */
typedef int32_t trpt_severity;
enum {
  TRPT_INFO = 0,
  TRPT_WARNING = 1,
  TRPT_ERROR = 2
};
typedef struct trpt_diagnostic {
  const char *code;
  trpt_severity severity;
  uint32_t line;
  uint32_t column;
  uint32_t reserved;
  uint64_t offset;
  const char *where;
  const char *message;
  const char *section;
} trpt_diagnostic;
typedef int (*trpt_diagnostic_fn)(void *user, const trpt_diagnostic *diagnostic);
uint32_t trpt_diagnostic_count(void);
const char *trpt_diagnostic_code(uint32_t i);
trpt_severity trpt_diagnostic_severity(const char *code);
const char *trpt_diagnostic_message(const char *code);
const char *trpt_diagnostic_section(const char *code);
const char *trpt_diagnostic_advice(const char *code);
const char *trpt_severity_name(trpt_severity severity);

/* <tlsrpt/model.h>, libtrpt */
typedef int32_t trpt_policy_type;
enum {
  TRPT_POLICY_UNKNOWN = 0,
  TRPT_POLICY_TLSA = 1,
  TRPT_POLICY_STS = 2,
  TRPT_POLICY_NO_POLICY_FOUND = 3
};
typedef int32_t trpt_result_type;
enum {
  TRPT_RESULT_UNKNOWN = 0,
  TRPT_RESULT_STARTTLS_NOT_SUPPORTED = 1,
  TRPT_RESULT_CERTIFICATE_HOST_MISMATCH = 2,
  TRPT_RESULT_CERTIFICATE_NOT_TRUSTED = 3,
  TRPT_RESULT_CERTIFICATE_EXPIRED = 4,
  TRPT_RESULT_VALIDATION_FAILURE = 5,
  TRPT_RESULT_STS_POLICY_FETCH_ERROR = 6,
  TRPT_RESULT_STS_POLICY_INVALID = 7,
  TRPT_RESULT_STS_WEBPKI_INVALID = 8,
  TRPT_RESULT_TLSA_INVALID = 9,
  TRPT_RESULT_DNSSEC_INVALID = 10,
  TRPT_RESULT_DANE_REQUIRED = 11
};
typedef int32_t trpt_result_group;
enum {
  TRPT_GROUP_UNKNOWN = 0,
  TRPT_GROUP_NEGOTIATION = 1,
  TRPT_GROUP_STS = 2,
  TRPT_GROUP_DANE = 3,
  TRPT_GROUP_GENERAL = 4
};
typedef struct trpt_policy {
  uint32_t index;
  trpt_policy_type type;
  trpt_str type_name;
  trpt_str domain;
  const trpt_str *strings;
  const trpt_str *mx_hosts;
  uint32_t string_count;
  uint32_t mx_host_count;
  uint64_t successful_sessions;
  uint64_t failed_sessions;
  uint32_t failure_count;
  uint32_t present;
} trpt_policy;
enum {
  TRPT_POLICY_HAS_POLICY = 1,
  TRPT_POLICY_HAS_TYPE = 2,
  TRPT_POLICY_HAS_STRINGS = 4,
  TRPT_POLICY_HAS_DOMAIN = 8,
  TRPT_POLICY_HAS_MX_HOSTS = 16,
  TRPT_POLICY_HAS_SUCCESSFUL = 32,
  TRPT_POLICY_HAS_FAILED = 64,
  TRPT_POLICY_HAS_FAILURES = 128
};
typedef struct trpt_failure {
  uint32_t policy_index;
  uint32_t index;
  trpt_result_type type;
  uint32_t present;
  trpt_str type_name;
  trpt_str sending_mta_ip;
  trpt_str receiving_mx_hostname;
  trpt_str receiving_mx_helo;
  trpt_str receiving_ip;
  trpt_str additional_information;
  trpt_str failure_reason_code;
  uint64_t failed_sessions;
} trpt_failure;
enum {
  TRPT_FAILURE_HAS_TYPE = 1,
  TRPT_FAILURE_HAS_SENDING_MTA_IP = 2,
  TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME = 4,
  TRPT_FAILURE_HAS_RECEIVING_MX_HELO = 8,
  TRPT_FAILURE_HAS_RECEIVING_IP = 16,
  TRPT_FAILURE_HAS_FAILED_SESSIONS = 32,
  TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION = 64,
  TRPT_FAILURE_HAS_REASON_CODE = 128
};
typedef struct trpt_metadata {
  trpt_str organization_name;
  trpt_str contact_info;
  trpt_str report_id;
  trpt_str start_text;
  trpt_str end_text;
  int64_t start;
  int64_t end;
  uint64_t failure_count;
  uint32_t policy_count;
  uint32_t present;
  uint32_t error_count;
  uint32_t warning_count;
  uint32_t info_count;
  uint32_t reserved;
} trpt_metadata;
enum {
  TRPT_METADATA_HAS_ORGANIZATION_NAME = 1,
  TRPT_METADATA_HAS_CONTACT_INFO = 2,
  TRPT_METADATA_HAS_REPORT_ID = 4,
  TRPT_METADATA_HAS_START = 8,
  TRPT_METADATA_HAS_END = 16
};
trpt_policy_type trpt_policy_type_from_name(const char *name, size_t len);
const char *trpt_policy_type_name(trpt_policy_type type);
const char *trpt_policy_type_title(trpt_policy_type type);
trpt_result_type trpt_result_type_from_name(const char *name, size_t len);
const char *trpt_result_type_name(trpt_result_type type);
const char *trpt_result_type_description(trpt_result_type type);
trpt_result_group trpt_result_type_group(trpt_result_type type);
int32_t trpt_result_type_loses_mail(trpt_result_type type);
uint32_t trpt_policy_type_count(void);
uint32_t trpt_result_type_count(void);

/* <tlsrpt/parser.h>, libtrpt */
typedef struct trpt_allocator {
  size_t struct_size;
  void *(*allocate)(void *user, size_t size);
  void (*release)(void *user, void *memory, size_t size);
  void *user;
} trpt_allocator;
typedef int32_t trpt_tokenizer;
enum {
  TRPT_TOKENIZER_DEFAULT = 0,
  TRPT_TOKENIZER_BUILTIN = 1,
  TRPT_TOKENIZER_YAJL = 2
};
typedef struct trpt_options {
  size_t struct_size;
  uint32_t flags;
  trpt_tokenizer tokenizer;
  uint32_t max_depth;
  uint32_t max_string;
  uint32_t max_strings;
  uint32_t max_entry;
  uint32_t max_held;
  uint32_t max_policies;
  uint32_t max_diagnostics;
  uint32_t max_ratio;
  uint64_t max_failures;
  uint64_t max_input;
  uint64_t max_inflated;
  uint64_t max_memory;
  int64_t now;
  const trpt_allocator *allocator;
} trpt_options;
typedef int32_t trpt_event_type;
enum {
  TRPT_EVENT_FAILURE = 1,
  TRPT_EVENT_POLICY = 2,
  TRPT_EVENT_REPORT = 3,
  TRPT_EVENT_DIAGNOSTIC = 4
};
typedef struct trpt_event {
  trpt_event_type type;
  uint32_t reserved;
  const trpt_policy *policy;
  const trpt_failure *failure;
  const trpt_metadata *metadata;
  const trpt_diagnostic *diagnostic;
} trpt_event;
typedef struct trpt_handler {
  size_t struct_size;
  int (*on_failure)(void *user, const trpt_policy *policy, const trpt_failure *failure);
  int (*on_policy)(void *user, const trpt_policy *policy);
  int (*on_report)(void *user, const trpt_metadata *metadata);
  int (*on_diagnostic)(void *user, const trpt_diagnostic *diagnostic);
  int (*on_fault)(void *user, const trpt_error *fault);
} trpt_handler;
typedef struct trpt_parser trpt_parser;
size_t trpt_parser_size(const trpt_options *options);
trpt_status trpt_parser_init(trpt_parser **out, void *memory, size_t size, const trpt_options *options);
trpt_status trpt_parser_new(trpt_parser **out, const trpt_options *options);
void trpt_parser_free(trpt_parser *parser);
void trpt_parser_reset(trpt_parser *parser);
const trpt_error *trpt_parser_error(const trpt_parser *parser);
int32_t trpt_parser_has_ended(const trpt_parser *parser);
uint64_t trpt_parser_inflated(const trpt_parser *parser);
trpt_status trpt_parser_read(trpt_parser *parser, const void *data, size_t len, size_t *used, const trpt_event **event);
trpt_status trpt_parser_set_handler(trpt_parser *parser, const trpt_handler *handler, void *user);
trpt_status trpt_parser_feed(trpt_parser *parser, const void *data, size_t len);
trpt_status trpt_parser_finish(trpt_parser *parser);

/* <tlsrpt/key.h>, libtrpt */
typedef struct trpt_key {
  uint64_t state;
  uint64_t policies;
  uint64_t failures;
  uint64_t policy[5];
  uint64_t report[5];
  uint64_t reserved[11];
} trpt_key;
trpt_status trpt_key_begin(trpt_key *key);
trpt_status trpt_key_add(trpt_key *key, const trpt_event *event);
trpt_status trpt_key_text(const trpt_key *key, char *buffer, size_t capacity, size_t *needed);

/* <tlsrpt/report.h>, libtrpt */
typedef struct trpt_report trpt_report;
trpt_status trpt_report_parse(const void *data, size_t len, const trpt_options *options, trpt_report **out, trpt_error *error);
trpt_status trpt_report_read(trpt_parser *parser, const void *data, size_t len, trpt_report **out);
trpt_status trpt_report_next(trpt_parser *parser, const void *data, size_t len, size_t *used, trpt_report **out);
trpt_status trpt_reports_next(trpt_parser *parser, trpt_str *rest, trpt_report **out);
const trpt_report *trpt_report_unfinished(const trpt_parser *parser);
void trpt_report_free(trpt_report *report);
const trpt_metadata *trpt_report_metadata(const trpt_report *report);
uint32_t trpt_report_policy_count(const trpt_report *report);
const trpt_policy *trpt_report_policy(const trpt_report *report, uint32_t policy);
uint32_t trpt_report_failure_count(const trpt_report *report, uint32_t policy);
const trpt_failure *trpt_report_failure(const trpt_report *report, uint32_t policy, uint32_t failure);
uint32_t trpt_report_diagnostic_count(const trpt_report *report);
const trpt_diagnostic *trpt_report_diagnostic(const trpt_report *report, uint32_t i);
trpt_status trpt_report_key(const trpt_report *report, char *buffer, size_t capacity, size_t *needed);
typedef struct trpt_source {
  size_t struct_size;
  trpt_str name;
  trpt_str key;
  trpt_str error_status;
  const trpt_diagnostic *const *diagnostics;
  size_t diagnostic_count;
  trpt_str report_domain;
  trpt_str report_submitter;
  trpt_str message_id;
  trpt_str dkim;
  trpt_str dkim_domain;
} trpt_source;

/* <tlsrpt/mail.h>, libtrpt-mail */
typedef int32_t trpt_mail_kind;
enum {
  TRPT_MAIL_KIND_UNKNOWN = 0,
  TRPT_MAIL_KIND_JSON = 1,
  TRPT_MAIL_KIND_GZIP = 2,
  TRPT_MAIL_KIND_ZIP = 3,
  TRPT_MAIL_KIND_TAR = 4,
  TRPT_MAIL_KIND_MBOX = 5,
  TRPT_MAIL_KIND_MESSAGE = 6,
  TRPT_MAIL_KIND_BZIP2 = 7,
  TRPT_MAIL_KIND_XZ = 8,
  TRPT_MAIL_KIND_ZSTD = 9,
  TRPT_MAIL_KIND_WIDE_JSON = 10,
  TRPT_MAIL_KIND_DMARC = 11,
  TRPT_MAIL_KIND_HTML = 12,
  TRPT_MAIL_KIND_OUTLOOK = 13
};
trpt_mail_kind trpt_mail_kind_of(const void *data, size_t len);
const char *trpt_mail_kind_name(trpt_mail_kind kind);
int32_t trpt_mail_is_report(const void *data, size_t len);
typedef int32_t trpt_dkim_result;
enum {
  TRPT_DKIM_UNKNOWN = 0,
  TRPT_DKIM_NONE = 1,
  TRPT_DKIM_PASS = 2,
  TRPT_DKIM_FAIL = 3,
  TRPT_DKIM_POLICY = 4,
  TRPT_DKIM_NEUTRAL = 5,
  TRPT_DKIM_TEMPERROR = 6,
  TRPT_DKIM_PERMERROR = 7
};
const char *trpt_dkim_result_name(trpt_dkim_result result);
typedef struct trpt_dkim_signature {
  size_t struct_size;
  trpt_dkim_result result;
  uint32_t reserved;
  trpt_str domain;
  trpt_str key_services;
} trpt_dkim_signature;
typedef int (*trpt_mail_verify_fn)(void *user, const void *mail, size_t len, uint32_t index, trpt_dkim_signature *out);
enum {
  TRPT_MAIL_REQUIRE_DKIM = 1,
  TRPT_MAIL_TRUST_UNNAMED = 2
};
typedef struct trpt_mail_options {
  size_t struct_size;
  uint32_t flags;
  uint32_t max_parts;
  uint32_t max_nesting;
  uint32_t max_entries;
  uint32_t max_reports;
  uint32_t max_ratio;
  uint64_t max_header;
  uint64_t max_message;
  uint64_t max_inflated;
  const trpt_options *report;
  const trpt_str *authserv_ids;
  size_t authserv_id_count;
  trpt_mail_verify_fn verify;
  void *verify_user;
} trpt_mail_options;
enum {
  TRPT_SIGNER_IS_FROM = 1,
  TRPT_SIGNER_IS_SUBMITTER = 2,
  TRPT_SIGNER_IS_CONTACT = 4
};
typedef struct trpt_mail_item {
  const trpt_report *report;
  const trpt_error *error;
  uint64_t number;
  uint64_t offset;
  trpt_mail_kind kind;
  trpt_mail_kind container;
  trpt_str entry;
  trpt_str part;
  trpt_str media_type;
  trpt_str filename;
  trpt_str from;
  trpt_str subject;
  trpt_str date_text;
  trpt_str message_id;
  trpt_str report_domain;
  trpt_str report_submitter;
  int64_t date;
  trpt_dkim_result dkim;
  uint32_t signer;
  trpt_str dkim_domain;
  uint32_t diagnostic_count;
  uint32_t is_other_content;
} trpt_mail_item;
typedef struct trpt_mail trpt_mail;
typedef int (*trpt_mail_read_fn)(void *user, const void **data, size_t *len);
trpt_status trpt_mail_new(trpt_mail **out, const trpt_mail_options *options);
void trpt_mail_free(trpt_mail *mail);
trpt_status trpt_mail_open(trpt_mail *mail, trpt_mail_read_fn read, void *user);
trpt_status trpt_mail_open_bytes(trpt_mail *mail, const void *data, size_t len);
trpt_status trpt_mail_feed(trpt_mail *mail, const void *data, size_t len);
trpt_status trpt_mail_finish(trpt_mail *mail);
void trpt_mail_reset(trpt_mail *mail);
trpt_status trpt_mail_next(trpt_mail *mail, const trpt_mail_item **item);
const trpt_error *trpt_mail_error(const trpt_mail *mail);
const trpt_diagnostic *trpt_mail_diagnostic(const trpt_mail *mail, uint32_t i);
trpt_report *trpt_mail_take(trpt_mail *mail);

/* <tlsrpt/policy.h>, libtrpt */
typedef int32_t trpt_sts_mode;
enum {
  TRPT_STS_MODE_UNKNOWN = 0,
  TRPT_STS_MODE_NONE = 1,
  TRPT_STS_MODE_TESTING = 2,
  TRPT_STS_MODE_ENFORCE = 3
};
typedef struct trpt_tlsa {
  uint32_t usage;
  uint32_t selector;
  uint32_t matching_type;
  uint32_t reserved;
  trpt_str data;
} trpt_tlsa;
trpt_status trpt_sts_line_parse(const char *line, size_t len, trpt_str *key, trpt_str *value);
trpt_status trpt_tlsa_parse(const char *text, size_t len, trpt_tlsa *out);
trpt_sts_mode trpt_sts_mode_from_name(const char *name, size_t len);
const char *trpt_sts_mode_name(trpt_sts_mode mode);
trpt_sts_mode trpt_policy_mode(const trpt_policy *policy);
int32_t trpt_mx_match(const char *pattern, size_t pattern_len, const char *host, size_t host_len);

/* <tlsrpt/record.h>, libtrpt */
typedef struct trpt_record {
  trpt_str text;
  uint32_t rua_count;
  uint32_t usable_rua_count;
  uint32_t extension_count;
  uint32_t flags;
  uint64_t reserved[4];
} trpt_record;
typedef int32_t trpt_scheme;
enum {
  TRPT_SCHEME_OTHER = 0,
  TRPT_SCHEME_MAILTO = 1,
  TRPT_SCHEME_HTTPS = 2
};
const char *trpt_scheme_name(trpt_scheme scheme);
typedef struct trpt_rua {
  trpt_str uri;
  trpt_scheme scheme;
  int32_t usable;
  trpt_str address;
  uint64_t reserved[2];
} trpt_rua;
trpt_status trpt_record_parse(const char *text, size_t len, uint32_t flags, trpt_record *out, trpt_error *error);
trpt_status trpt_record_next_rua(const trpt_record *record, size_t *cursor, trpt_rua *out);
trpt_status trpt_record_next_extension(const trpt_record *record, size_t *cursor, trpt_str *name, trpt_str *value);
trpt_status trpt_record_select(const trpt_str *texts, size_t count, uint32_t flags, trpt_record *out, trpt_error *error);
typedef int32_t trpt_text_kind;
enum {
  TRPT_TEXT_UNRELATED = 0,
  TRPT_TEXT_INTENDED = 1,
  TRPT_TEXT_TLSRPT = 2
};
trpt_text_kind trpt_record_kind(const char *text, size_t len);
typedef int32_t trpt_verdict;
enum {
  TRPT_VERDICT_UNKNOWN = 0,
  TRPT_VERDICT_ALL = 1,
  TRPT_VERDICT_SOME = 2,
  TRPT_VERDICT_NONE = 3
};
const char *trpt_verdict_name(trpt_verdict verdict);
typedef struct trpt_conclusion {
  trpt_record record;
  size_t index;
  const char *code;
  const char *reason;
  trpt_status status;
  trpt_verdict verdict;
  uint32_t tlsrpt_count;
  uint32_t intended_count;
  uint32_t unrelated_count;
  uint32_t reserved[7];
} trpt_conclusion;
trpt_status trpt_record_conclude(const trpt_str *texts, size_t count, trpt_conclusion *out);
enum {
  TRPT_NOTATION_QUOTES = 1,
  TRPT_NOTATION_STRINGS = 2,
  TRPT_NOTATION_ENTRY = 4
};
trpt_status trpt_record_extract(const char *text, size_t len, size_t *cursor, uint32_t *notation, char *buffer, size_t capacity, size_t *needed);
enum {
  TRPT_SUGGESTION_MAX_LEN = 4096
};
trpt_status trpt_record_suggest(const char *text, size_t len, char *buffer, size_t capacity, size_t *needed);
trpt_status trpt_record_merge(const trpt_str *texts, size_t count, char *buffer, size_t capacity, size_t *needed);
trpt_status trpt_record_join(const uint8_t *rdata, size_t len, char *buffer, size_t capacity, size_t *needed);
trpt_status trpt_record_name(const char *domain, size_t len, char *buffer, size_t capacity, size_t *needed);
trpt_status trpt_record_diagnose(const char *text, size_t len, trpt_diagnostic_fn fn, void *user);
trpt_status trpt_record_json(const char *text, size_t len, uint32_t flags, uint32_t notation, trpt_write_fn write, void *user);
trpt_status trpt_uri_decode(const char *uri, size_t len, char *buffer, size_t capacity, size_t *needed);

/* <tlsrpt/writer.h>, libtrpt */
enum {
  TRPT_PRETTY = 1,
  TRPT_NO_LINES = 2,
  TRPT_WITH_ADVICE = 4
};
trpt_status trpt_report_write(const trpt_report *report, uint32_t flags, trpt_write_fn write, void *user);
typedef struct trpt_writer trpt_writer;
size_t trpt_writer_size(void);
trpt_status trpt_writer_init(trpt_writer **out, void *memory, size_t size, uint32_t flags, trpt_write_fn write, void *user);
trpt_status trpt_writer_metadata(trpt_writer *writer, const trpt_metadata *metadata);
trpt_status trpt_writer_policy(trpt_writer *writer, const trpt_policy *policy);
trpt_status trpt_writer_failure(trpt_writer *writer, const trpt_failure *failure);
trpt_status trpt_writer_end(trpt_writer *writer);
enum {
  TRPT_SUBMISSION_PLAIN = 1
};
typedef struct trpt_submission {
  size_t struct_size;
  trpt_str submitter;
  trpt_str domain;
  int64_t start;
  int64_t end;
  trpt_str unique_id;
  trpt_str report_id;
  uint32_t flags;
  uint32_t reserved;
} trpt_submission;
trpt_status trpt_report_filename(const trpt_submission *submission, char *buffer, size_t capacity, size_t *needed);
trpt_status trpt_report_subject(const trpt_submission *submission, char *buffer, size_t capacity, size_t *needed);
trpt_status trpt_report_json(const trpt_report *report, const trpt_error *error, const trpt_source *source, uint32_t flags, trpt_write_fn write, void *user);
trpt_status trpt_reports_json(trpt_parser *parser, const void *data, size_t len, const trpt_source *source, uint32_t flags, trpt_write_fn write, void *user);
trpt_status trpt_diagnostic_json(const trpt_diagnostic *diagnostic, uint32_t flags, trpt_write_fn write, void *user);
trpt_status trpt_error_json(const trpt_error *error, const trpt_source *source, uint32_t flags, trpt_write_fn write, void *user);
trpt_status trpt_record_write(const trpt_str *uris, size_t count, char *buffer, size_t capacity, size_t *needed);

/* <tlsrpt/rows.h>, libtrpt */
typedef int32_t trpt_rows_format;
enum {
  TRPT_ROWS_NDJSON = 0,
  TRPT_ROWS_CSV = 1,
  TRPT_ROWS_TSV = 2
};
enum {
  TRPT_ROWS_NO_FORMULA_GUARD = 1
};
typedef struct trpt_rows_options {
  size_t struct_size;
  trpt_rows_format format;
  uint32_t flags;
} trpt_rows_options;
typedef struct trpt_rows trpt_rows;
size_t trpt_rows_size(void);
trpt_status trpt_rows_init(trpt_rows **out, void *memory, size_t size, const trpt_rows_options *options, trpt_write_fn write, void *user);
trpt_status trpt_rows_header(trpt_rows *rows);
trpt_status trpt_rows_report(trpt_rows *rows, const trpt_report *report, const trpt_source *source);
trpt_status trpt_rows_error(trpt_rows *rows, const trpt_error *error, const trpt_source *source);
trpt_status trpt_rows_reports(trpt_rows *rows, trpt_parser *parser, const void *data, size_t len, const trpt_source *source);
enum {
  ARROW_FLAG_DICTIONARY_ORDERED = 1
};
enum {
  ARROW_FLAG_NULLABLE = 2
};
enum {
  ARROW_FLAG_MAP_KEYS_SORTED = 4
};
struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *self);
  void *private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *self);
  void *private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *self, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *self, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *self);
  void (*release)(struct ArrowArrayStream *self);
  void *private_data;
};
typedef int32_t trpt_table;
enum {
  TRPT_TABLE_ROWS = 0,
  TRPT_TABLE_DIAGNOSTICS = 1,
  TRPT_TABLE_BAD = 2
};
trpt_status trpt_table_schema(trpt_table table, const trpt_allocator *allocator, struct ArrowSchema *out);
typedef struct trpt_batch_item {
  size_t struct_size;
  const trpt_source *source;
  const void *data;
  size_t len;
  const trpt_report *report;
  const trpt_error *error;
} trpt_batch_item;
typedef struct trpt_batch_options {
  size_t struct_size;
  uint64_t max_table;
  const trpt_options *report;
  trpt_status (*next)(void *user, trpt_batch_item *item);
  void (*done)(void *user);
  void *user;
} trpt_batch_options;
typedef struct trpt_batch trpt_batch;
trpt_status trpt_batch_new(trpt_batch **out, const trpt_batch_options *options);
void trpt_batch_free(trpt_batch *batch);
trpt_status trpt_batch_add(trpt_batch *batch, const trpt_batch_item *item);
uint64_t trpt_batch_count(const trpt_batch *batch, trpt_table table);
uint64_t trpt_batch_overflow_count(const trpt_batch *batch);
trpt_status trpt_batch_export(trpt_batch *batch, trpt_table table, struct ArrowArray *out);
trpt_status trpt_batch_stream(trpt_batch *batch, trpt_table table, struct ArrowArrayStream *out);

/* <tlsrpt/time.h>, libtrpt */
trpt_status trpt_time_parse(const char *text, size_t len, int64_t *seconds);
trpt_status trpt_time_format(int64_t seconds, char *buffer, size_t capacity, size_t *needed);
