/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "standard_output.h"

typedef struct manual {
  const char *command;
  const char *usage;
  const char *text;
  const char *more; /* continues the text, because compilers may limit literals to 4095 bytes; or NULL */
} manual;

/* Lines of at most 80 columns, in a form that docs/generate parses to make man pages and completions. A usage names all
   options with their values. A row is indented by two blanks, and a row below another one by four. It consists of the
   term, at least two blanks or a line end, and the text. */

#define COLOR                                                                                                          \
  "  --color auto|always|never\n"                                                                                      \
  "                  colours; auto (default): on a terminal, unless NO_COLOR is set\n"
#define END_OF_OPTIONS "  --              end of options\n"

/* Of the commands whose usage has them. */
static const char limits[] = "\nLimits. A message says which one an input exceeds.\n\n"
                             "  --max-depth N   nesting of the objects and arrays that are read (16)\n"
                             "  --max-string N  bytes of a string; the rest is cut (16384)\n"
                             "  --max-strings N\n"
                             "                  elements of a policy-string or mx-host (1024)\n"
                             "  --max-entry N   bytes of the strings of a policy and a failure (65536)\n"
                             "  --max-held N    bytes of failures before their policy (65536)\n"
                             "  --max-policies N\n"
                             "                  policies of a report (100000)\n"
                             "  --max-failures N\n"
                             "                  failures of a report (10000000)\n"
                             "  --max-diagnostics N\n"
                             "                  diagnostics of a report that are shown (1000; lint: all)\n"
                             "  --max-memory N  bytes of memory for a report as a whole (268435456)\n"
                             "  --max-input N   bytes of an input that is not a mail or archive (67108864)\n"
                             "  --max-inflated N\n"
                             "                  bytes that an input inflates to (268435456)\n"
                             "  --max-ratio N   inflated : compressed, after the first MiB (200)\n"
                             "  --max-message N\n"
                             "                  bytes of a mail or of an entry of an archive (67108864)\n"
                             "  --max-header N  bytes of the header of a mail (262144)\n"
                             "  --max-parts N   boundary lines of a mail (1000)\n"
                             "  --max-nesting N\n"
                             "                  nesting of mails, parts and archives (16)\n"
                             "  --max-entries N\n"
                             "                  entries of an archive (10000)\n"
                             "  --max-reports N\n"
                             "                  reports of a mail (1000)\n" END_OF_OPTIONS;

/* One table for all commands, so that scripts and people learn it once. */
static const char exit_statuses[] = "\nExit status. Of several, the first of 2, 1, 4, 3 counts.\n\n"
                                    "  0    none of the following\n"
                                    "  1    some input is invalid (the rest is still read); lint: an error was found;\n"
                                    "       record: no sender would report, or with --strict not all would; check:\n"
                                    "       not all senders will report, or no report can arrive; --publish: no\n"
                                    "       record can be derived; summary: added summaries share reports\n"
                                    "  2    wrong usage, or the output cannot be written\n"
                                    "  3    check: DNS did not answer\n"
                                    "  4    summary: more failures than --fail-if-failures, or an unknown number;\n"
                                    "       conflicts with --fail-if-conflicts\n"
                                    "  75   report --delivery: the output cannot be written; try again later\n"
                                    "  130  interrupted by SIGINT\n";

static const manual manuals[] = {
    {NULL, "usage: tlsrpt check|record|report|summary|lint|explain|help [OPTION...] ...\n",
     "tlsrpt reads SMTP TLS Reporting, RFC 8460: the DNS record that asks for reports,\n"
     "and the reports.\n\n"
     "  tlsrpt check DOMAIN...  query DNS: will senders report, where to, and what\n"
     "                          needs to be fixed?\n"
     "  tlsrpt record TEXT...   read records: would senders report, where to, and what\n"
     "                          needs to be fixed?\n"
     "  tlsrpt report PATH...   show reports: who could not send you mail over TLS,\n"
     "                          and why\n"
     "  tlsrpt summary PATH...  summarize many reports\n"
     "  tlsrpt lint PATH...     show what is wrong with reports or records themselves\n"
     "  tlsrpt explain CODE...  explain a diagnostic or a result type\n"
     "  tlsrpt help COMMAND     show the manual of a command, as COMMAND --help does\n"
     "  tlsrpt --version        show the version, as -V and \"tlsrpt version\" do\n",
     NULL},
    {"check",
     "usage: tlsrpt check [--server SERVER]... [--timeout SECONDS] [--tcp] [--mx]\n"
     "                    [--jobs NUMBER] [--format text|json] [--quiet]\n"
     "                    [--publish zone|terraform|octodns]\n"
     "                    [--color auto|always|never] DOMAIN...\n",
     "Queries DNS for the record of each domain, and for everything that decides\n"
     "whether reports arrive and are useful: destinations, DNSSEC, MTA-STS, DANE. \"-\"\n"
     "reads one domain per line from standard input. Names may be internationalized;\n"
     "of a URL or mail address, the domain in it is checked.\n\n"
     "  --server SERVER\n"
     "                  query this server instead of those of the system: ADDR,\n"
     "                  ADDR:PORT or [ADDR]:PORT; repeat it to add fallback servers\n"
     "  --timeout SECONDS\n"
     "                  time limit for all queries about one domain (10)\n"
     "  --tcp           query over TCP only\n"
     "  --mx            also check the records of the MX hosts, for DANE reports\n"
     "  --jobs NUMBER   number of domains to check at a time (32)\n"
     "  --format text   for a person: verdict, diagnostics and advice, and how many\n"
     "                  domains have which verdict (default)\n"
     "  --format json   one object per line, in the order of the domains\n"
     "  --publish zone, terraform, octodns\n"
     "                  print only the records to publish, in the notation\n"
     "                  of that program\n"
     "  --quiet         no progress display\n" COLOR END_OF_OPTIONS,
     NULL},
    {"record",
     "usage: tlsrpt record [--strict] [--format text|json]\n"
     "                     [--publish zone|terraform|octodns]\n"
     "                     [--color auto|always|never] TEXT...\n",
     "Reads the text of TXT records at _smtp._tls.DOMAIN, also quoted, as a line of a\n"
     "zone file, or as the output of dig. \"-\" reads one record per line from standard\n"
     "input.\n\n"
     "  --strict        accept only what the grammar of RFC 8460 allows\n"
     "  --format text   for a person: verdict, diagnostics with positions, and advice\n"
     "                  (default)\n"
     "  --format json   one object per line: text, valid, status, offset, verdict,\n"
     "                  reason, rua, extensions, diagnostics, publish, notation\n"
     "  --publish zone, terraform, octodns\n"
     "                  print only the record to publish, in the notation\n"
     "                  of that program\n" COLOR END_OF_OPTIONS,
     NULL},
    {"report",
     "usage: tlsrpt report [--strict] [--format text|json|ndjson|csv|tsv]\n"
     "                     [--no-header] [--no-formula-guard] [--verbose]\n"
     "                     [--color auto|always|never]\n"
     "                     [--input auto|lines|u32|files0|tar|mbox]\n"
     "                     [--since DATE] [--until DATE] [--domain NAME]...\n"
     "                     [--only-failures] [--mark-domain NAME]...\n"
     "                     [--authserv-id NAME]... [--trust-topmost-results]\n"
     "                     [--require-dkim] [--delivery] [--quiet] [--bad-rows]\n"
     "                     [--exit-zero] [--jobs NUMBER] [--output FILE]\n"
     "                     [--print-schema postgresql|sqlite|clickhouse|duckdb|spark]\n"
     "                     [--max-depth N] [--max-string N] [--max-strings N]\n"
     "                     [--max-entry N] [--max-held N] [--max-policies N]\n"
     "                     [--max-failures N] [--max-diagnostics N] [--max-memory N]\n"
     "                     [--max-input N] [--max-inflated N] [--max-ratio N]\n"
     "                     [--max-message N] [--max-header N] [--max-parts N]\n"
     "                     [--max-nesting N] [--max-entries N] [--max-reports N]\n"
     "                     [--tokenizer builtin|yajl] PATH...\n",
     "Reads reports: plain JSON or gzip, also within a mail, an mbox, a zip or a tar.\n"
     "The type is detected from the content. A PATH is a file, a FIFO, a folder with\n"
     "all files below it that are not hidden, a Maildir with its subfolders, or \"-\"\n"
     "for standard input. The second report in PATH is named PATH#2.\n\n"
     "  --strict        reject a report at the first violation of RFC 8460, in the\n"
     "                  report or in its mail\n"
     "  --format text   for a person: verdict, failures and their causes; one line for\n"
     "                  a report without any (default)\n"
     "  --format json   one line per input: the members that the report has, its key\n"
     "                  and its diagnostics. An invalid input has its error. Its\n"
     "                  status is \"IO\" if reading failed, and \"FRAMING\" if an item\n"
     "                  does not match --input.\n"
     "  --format ndjson, csv, tsv\n"
     "                  rows of a table: a \"policy\" row per policy with its totals, a\n"
     "                  \"failure\" row per failure with its count. The rows of a report\n"
     "                  are written together or not at all.\n"
     "  --bad-rows      rows: an \"error\" row per invalid input\n"
     "  --no-header     csv, tsv: no line with the names of the columns\n"
     "  --no-formula-guard\n"
     "                  csv, tsv for a database: no apostrophe in front of a cell that\n"
     "                  a spreadsheet could execute as a formula\n"
     "  --print-schema DATABASE\n"
     "                  print the statements that make a table for the rows, and read\n"
     "                  nothing; for spark the columns of a schema\n" COLOR
     "  --input         how standard input is divided into reports. With this option,\n"
     "                  PATH may be omitted. After an invalid item, the next ones are\n"
     "                  still read. Output is written whenever reading would block.\n"
     "    auto          one input, as a file would be (default)\n"
     "    lines         one per line: JSON, or base64 of JSON or gzip; a prefix\n"
     "                  \"KEY TAB\" becomes its source\n"
     "    u32           a big-endian length in four bytes, then the report; length\n"
     "                  0xFFFFFFFF is skipped\n"
     "    files0        names of files, each ended by NUL\n"
     "    tar           an archive; the names in it become sources\n"
     "    mbox          mails\n",
     "  --since DATE    leave out reports that begin before this day (UTC)\n"
     "  --until DATE    leave out reports that begin after this day\n"
     "  --domain NAME   only reports with a policy of this domain or a host below it;\n"
     "                  repeat it for several domains\n"
     "  --only-failures\n"
     "                  only reports with failures; text: only policies with failures\n"
     "  --mark-domain NAME\n"
     "                  mark reports about other domains with report.other-domain\n"
     "  --authserv-id NAME\n"
     "                  trust the DKIM results of this mail server in the header field\n"
     "                  Authentication-Results. Give the option once for each server.\n"
     "  --trust-topmost-results\n"
     "                  trust the first Authentication-Results if it does not name a\n"
     "                  server, for mail servers such as Exchange Online. Only use it\n"
     "                  if your server adds that field to every mail.\n"
     "  --require-dkim  reject reports that are not signed by the domain of their\n"
     "                  sender: mail.no-dkim. Needs one of the two options above.\n"
     "  --delivery      for a mail server that pipes a mail into \"tlsrpt report\n"
     "                  --delivery ... -\". The exit status is 0 for invalid input too,\n"
     "                  so no bounce goes to the sender of a report. It is 75 (try\n"
     "                  again later) if the output cannot be written.\n"
     "  --output FILE   append to this file, which several processes may do: whole\n"
     "                  reports under a lock, no part of one if the disk is full, and\n"
     "                  the names of the columns only if the file is empty; \"-\" is\n"
     "                  standard output\n"
     "  --verbose       all messages; without it, 20 of each code are printed and the\n"
     "                  others counted; text: all policies, failures and diagnostics\n"
     "  --exit-zero     exit status 0 in place of 1 and 4, for engines that fail a job\n"
     "                  otherwise\n"
     "  --jobs NUMBER   number of files to read at a time, at most 64; otherwise the\n"
     "                  number of processors, at most 8, or 1 with --delivery or\n"
     "                  --input. The output does not depend on it.\n"
     "  --quiet         no progress display, and no count of other content\n"
     "  --tokenizer     the JSON tokenizer: builtin (default) or yajl\n"},
    {"lint",
     "usage: tlsrpt lint [--format text|json] [--severity info|warning|error]\n"
     "                   [--input auto|lines|u32|files0|tar|mbox]\n"
     "                   [--since DATE] [--until DATE] [--domain NAME]...\n"
     "                   [--only-failures] [--mark-domain NAME]...\n"
     "                   [--authserv-id NAME]... [--trust-topmost-results]\n"
     "                   [--require-dkim] [--color auto|always|never] [--quiet]\n"
     "                   [--verbose] [--exit-zero] [--jobs NUMBER]\n"
     "                   [--max-depth N] [--max-string N] [--max-strings N]\n"
     "                   [--max-entry N] [--max-held N] [--max-policies N]\n"
     "                   [--max-failures N] [--max-diagnostics N] [--max-memory N]\n"
     "                   [--max-input N] [--max-inflated N] [--max-ratio N]\n"
     "                   [--max-message N] [--max-header N] [--max-parts N]\n"
     "                   [--max-nesting N] [--max-entries N] [--max-reports N]\n"
     "                   [--record TEXT]... [PATH...]\n",
     "Shows what is wrong with reports and records, in the style of compilers:\n"
     "SOURCE:LINE:COLUMN: error: WHERE: MESSAGE [CODE]. For PATH see report.\n\n"
     "  --record TEXT   a record\n"
     "  --severity LEVEL\n"
     "                  leave out less severe diagnostics\n"
     "  --format json   one line per input: its source and diagnostics\n" COLOR "  --input         as for report\n"
     "  --since DATE    as for report\n"
     "  --until DATE    as for report\n"
     "  --domain NAME   as for report\n"
     "  --only-failures\n"
     "                  as for report\n"
     "  --mark-domain NAME\n"
     "                  as for report\n"
     "  --authserv-id NAME\n"
     "                  as for report\n"
     "  --trust-topmost-results\n"
     "                  as for report\n"
     "  --require-dkim  as for report\n"
     "  --quiet         no progress display, and no count of other content\n"
     "  --verbose       all messages, as for report\n"
     "  --jobs NUMBER   as for report\n"
     "  --exit-zero     as for report\n",
     NULL},
    {"summary",
     "usage: tlsrpt summary [--format text|json|csv|html|prometheus]\n"
     "                      [--since DATE] [--until DATE] [--domain NAME]...\n"
     "                      [--only-failures] [--fail-if-failures RATE]\n"
     "                      [--days N] [--reporters N] [--max-rows N] [--quiet]\n"
     "                      [--verbose] [--exit-zero] [--fail-if-conflicts]\n"
     "                      [--jobs NUMBER]\n"
     "                      [--no-formula-guard] [--color auto|always|never]\n"
     "                      [--input auto|lines|u32|files0|tar|mbox]\n"
     "                      [--authserv-id NAME]... [--trust-topmost-results]\n"
     "                      [--max-depth N] [--max-string N] [--max-strings N]\n"
     "                      [--max-entry N] [--max-held N] [--max-policies N]\n"
     "                      [--max-failures N] [--max-diagnostics N] [--max-memory N]\n"
     "                      [--max-input N] [--max-inflated N] [--max-ratio N]\n"
     "                      [--max-message N] [--max-header N] [--max-parts N]\n"
     "                      [--max-nesting N] [--max-entries N] [--max-reports N]\n"
     "                      [--require-dkim] [--add FILE]... [PATH...]\n",
     "Summarizes many reports: the sessions of each domain and policy type, what\n"
     "failed and why, who reports, and whether MTA-STS may go from testing to enforce.\n"
     "Reads the same inputs as report, each report once.\n\n"
     "  --add FILE      add a summary written with --format json; \"-\" is standard\n"
     "                  input. A summary in a PATH is refused. With this option, PATH\n"
     "                  may be omitted.\n"
     "  --format text   for a person, the verdict first (default)\n"
     "  --format json   for programs, including the data needed to add summaries\n"
     "  --format csv    sessions by day, domain, policy type and result type\n"
     "  --format html   a self-contained page\n"
     "  --format prometheus\n"
     "                  for the textfile collector\n"
     "  --since DATE    leave out reports that begin before this day (UTC)\n"
     "  --until DATE    leave out reports that begin after this day\n"
     "  --domain NAME   only policies of this domain and of hosts below it\n"
     "  --only-failures\n"
     "                  show only what has failures, and nothing if there are none\n"
     "  --fail-if-failures RATE\n"
     "                  exit status 4 if the share of failed sessions of a policy is\n"
     "                  higher: 1%, 0.01\n"
     "  --fail-if-conflicts\n"
     "                  exit status 4 if reports with one report-id differ\n"
     "  --days N        days with reports required for \"ready to enforce\" (14)\n"
     "  --reporters N   reporters required for \"ready to enforce\" (2)\n"
     "  --max-rows N    limit of rows per table; the rest is grouped as other (100000)\n"
     "  --no-formula-guard\n"
     "                  as for report\n"
     "  --quiet         no progress display, and no count of other content\n"
     "  --verbose       all messages, as for report\n"
     "  --jobs NUMBER   as for report\n"
     "  --exit-zero     as for report\n" COLOR "  --input         as for report\n"
     "  --authserv-id NAME\n"
     "                  as for report\n"
     "  --trust-topmost-results\n"
     "                  as for report\n"
     "  --require-dkim  as for report\n",
     NULL},
    {"explain", "usage: tlsrpt explain [--color auto|always|never] CODE...\n",
     "Explains diagnostics, such as record.rua-case, and result types of reports, such\n"
     "as certificate-expired: what it means, why it matters, what to do, an example.\n\n" COLOR END_OF_OPTIONS,
     NULL},
    {"help", "usage: tlsrpt help [COMMAND]\n", "Shows the manual of a command.\n", NULL},
};

static const manual *find(const char *command) {
  for (size_t i = 0; i < sizeof manuals / sizeof manuals[0]; i++) {
    const char *name = manuals[i].command;
    if (name == command || (name && command && strcmp(name, command) == 0)) return &manuals[i];
  }
  return NULL;
}

bool help_has(const char *command) { return find(command) != NULL; }

int help_show(const char *command) {
  const manual *m = find(command);
  output_text(m->usage);
  output_text("\n");
  output_text(m->text);
  if (m->more) output_text(m->more);
  if (strstr(m->usage, "--max-depth")) output_text(limits);
  output_text(exit_statuses);
  return STATUS_GOOD;
}

void help_usage(const char *command) {
  fputs(find(command)->usage, stderr);
  fprintf(stderr, "Try 'tlsrpt help%s%s'.\n", command ? " " : "", command ? command : "");
}
