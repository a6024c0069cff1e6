/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "standard_output.h"

typedef struct manual {
  const char *command;
  const char *usage;
  const char *text;
} manual;

/* Lines of at most 80 columns, in a form that docs/generate reads: man pages and completions are made of it. A usage names all
   options with their values; a row is two blanks (four below a row), the term, at least two blanks or a line end, and its text. */

#define COLOR                                                                                                          \
  "  --color auto|always|never\n"                                                                                      \
  "                  colours; auto (default): on a terminal, unless NO_COLOR is set\n"
#define EXIT_STATUS                                                                                                    \
  "\nExit status: 0 all good; 1 some input is bad: each is named on standard error,\n"                                 \
  "the others are still read; 2 wrong usage, or output that cannot be written.\n"

static const manual manuals[] = {
    {NULL, "usage: tlsrpt check|record|report|summary|lint|help [OPTION...] ...\n",
     "tlsrpt reads SMTP TLS Reporting, RFC 8460: the DNS record that asks for reports,\n"
     "and the reports.\n\n"
     "  tlsrpt check DOMAIN...  looks up in DNS whether senders will report, where to,\n"
     "                          and what to mend\n"
     "  tlsrpt record TEXT...   whether senders would report, where to, and what to\n"
     "                          mend\n"
     "  tlsrpt report PATH...   what reports say: who could not send you mail over\n"
     "                          TLS, and why\n"
     "  tlsrpt summary PATH...  what many reports say, taken together\n"
     "  tlsrpt lint PATH...     what is wrong with reports or records themselves\n"
     "  tlsrpt help COMMAND     the manual of a command; so does --help behind it\n"
     "  tlsrpt --version\n" EXIT_STATUS},
    {"check",
     "usage: tlsrpt check [--server SERVER]... [--timeout SECONDS] [--tcp] [--mx]\n"
     "                    [--jobs NUMBER] [--format text|json] [--quiet]\n"
     "                    [--color auto|always|never] DOMAIN...\n",
     "Looks up the record of each domain, and what makes reports arrive and worth\n"
     "having: where they go, DNSSEC, MTA-STS, DANE. \"-\" reads one domain a line from\n"
     "standard input. Names may be internationalized.\n\n"
     "  --server SERVER\n"
     "                  ask this server, ADDR, ADDR:PORT or [ADDR]:PORT, and not those\n"
     "                  of the system; further ones where it fails\n"
     "  --timeout SECONDS\n"
     "                  how long all look-ups for one domain may take (10)\n"
     "  --tcp           ask over TCP only\n"
     "  --mx            also the records of the MX hosts, which DANE reports follow\n"
     "  --jobs NUMBER   so many domains at a time (32)\n"
     "  --format text   for a person: the verdict, findings and their cure (default)\n"
     "  --format json   one object a line, in the order of the domains\n"
     "  --quiet         no counter on standard error, which a terminal shows\n" COLOR
     "  --              what follows is no option\n"
     "\nExit status, from the records alone: 0 all domains will get reports; 1 some will\n"
     "not, or a name is none; 2 wrong usage, or output that cannot be written; 3 some\n"
     "could not be found out, whatever the others are.\n"},
    {"record",
     "usage: tlsrpt record [--strict] [--format text|json]\n"
     "                     [--color auto|always|never] TEXT...\n",
     "Reads the text of TXT records at _smtp._tls.DOMAIN. \"-\" reads one record a line\n"
     "from standard input.\n\n"
     "  --strict        only what the grammar of RFC 8460 allows is valid\n"
     "  --format text   for a person: the verdict, findings with their place and cure\n"
     "                  (default)\n"
     "  --format json   one object a line: text, valid, status, offset, rua,\n"
     "                  extensions, diagnostics\n" COLOR "  --              what follows is no option\n" EXIT_STATUS},
    {"report",
     "usage: tlsrpt report [--strict] [--format text|json|ndjson|csv|tsv]\n"
     "                     [--no-header] [--verbose] [--color auto|always|never]\n"
     "                     [--input auto|lines|u32|files0|tar|mbox]\n"
     "                     [--domain NAME]... [--authserv-id NAME [--require-dkim]]\n"
     "                     [--delivery] [--tokenizer builtin|yajl] PATH...\n",
     "Reads reports: plain JSON or gzip, or in a mail, an mbox, a zip or a tar, told\n"
     "apart by content. A PATH is a file, a FIFO, a folder with all files below it (a\n"
     "Maildir too), or \"-\" for standard input.\n\n"
     "  --strict        refuse a report at the first thing that breaks RFC 8460\n"
     "  --format text   for a person: the verdict, what failed, why and where\n"
     "                  (default)\n"
     "  --format json   one line an input: the report's members, absent ones left out,\n"
     "                  its key and its diagnostics; for a bad input its error, with\n"
     "                  \"status\":\"IO\" where the system could not read it and \"FRAMING\"\n"
     "                  where an item is not what --input says\n"
     "  --format ndjson, csv, tsv\n"
     "                  rows of a table: a \"policy\" row for each policy with its\n"
     "                  totals, a \"failure\" row for each failure with its count; a\n"
     "                  report's rows come together or not at all\n"
     "  --no-header     csv, tsv: no line with the names of the columns\n" COLOR
     "  --input         how reports come on standard input, which is then read where\n"
     "                  no PATH is given. A bad item never stops the rest. Output\n"
     "                  comes as soon as input has to be waited for.\n"
     "    auto          one report (default)\n"
     "    lines         a line each, JSON text or base64 of JSON or gzip; \"KEY TAB\" in\n"
     "                  front becomes its source\n"
     "    u32           four bytes of length, the most significant first, then the\n"
     "                  report; length 0xFFFFFFFF is skipped\n"
     "    files0        names of files, each ended by NUL\n"
     "    tar           an archive; the names in it become sources\n"
     "    mbox          mails\n"
     "  --domain NAME   mark reports that are about other domains: report.other-domain\n"
     "  --authserv-id NAME\n"
     "                  trust the DKIM results in fields Authentication-Results of\n"
     "                  this mail server\n"
     "  --require-dkim  refuse what is not signed by the domain that the report is\n"
     "                  from: mail.no-dkim\n"
     "  --delivery      for a mail server that pipes a mail into \"tlsrpt report\n"
     "                  --delivery ... -\": the exit status is 0 also for bad input, so\n"
     "                  that nothing is sent back to the sender of a report, and 75\n"
     "                  (try again later) where the output cannot be written\n"
     "  --verbose       text: all failures and all findings\n"
     "  --tokenizer     what splits the JSON text: builtin (default) or yajl\n"
     "  --              what follows is no option\n" EXIT_STATUS},
    {"lint",
     "usage: tlsrpt lint [--format text|json] [--severity info|warning|error]\n"
     "                   [--color auto|always|never] [--record TEXT]... [PATH...]\n",
     "Shows what is wrong with reports and records, as compilers do:\n"
     "SOURCE:LINE:COLUMN: error: WHERE: MESSAGE [CODE]. PATHs as for report.\n\n"
     "  --record TEXT   a record\n"
     "  --severity LEVEL\n"
     "                  leave out what is less severe\n"
     "  --format json   one line an input: source and diagnostics\n" COLOR
     "  --              what follows is no option\n"
     "\nExit status: 0 no errors; 1 an error was shown, or some input is bad; 2 wrong\n"
     "usage, or output that cannot be written.\n"},
    {"summary",
     "usage: tlsrpt summary [--format text|json|csv|html|prometheus]\n"
     "                      [--since DATE] [--until DATE] [--domain NAME]...\n"
     "                      [--only-failures] [--fail-if-failures RATE]\n"
     "                      [--days N] [--reporters N] [--max-rows N] [--quiet]\n"
     "                      [--color auto|always|never]\n"
     "                      [--input auto|lines|u32|files0|tar|mbox]\n"
     "                      [--authserv-id NAME [--require-dkim]] PATH...\n",
     "Says what reports say, taken together: for each domain and policy type the\n"
     "sessions, what failed and why, who reports, and whether MTA-STS may go from\n"
     "testing to enforce. Reads what report reads, each report once, and its own\n"
     "json output, so that summaries can be added.\n\n"
     "  --format text   for a person, the verdict first (default)\n"
     "  --format json   the same for programs, and what adding summaries needs\n"
     "  --format csv    sessions by day, domain, policy type and result type\n"
     "  --format html   a page that needs nothing else\n"
     "  --format prometheus\n"
     "                  for the textfile collector\n"
     "  --since DATE    leave out reports that begin before this day (UTC)\n"
     "  --until DATE    leave out reports that begin after this day\n"
     "  --domain NAME   only policies of this domain and of hosts below it\n"
     "  --only-failures\n"
     "                  leave out what has no failures; say nothing if there are none\n"
     "  --fail-if-failures RATE\n"
     "                  exit status 1 where a policy has a greater share of failed\n"
     "                  sessions: 0.05, 5%\n"
     "  --days N        ready to enforce: days that must be known (14)\n"
     "  --reporters N   ready to enforce: reporters that must be known (2)\n"
     "  --max-rows N    of each table; what is beyond is counted as other (100000)\n"
     "  --quiet         no progress on a terminal\n" COLOR "  --input         as for report\n"
     "  --authserv-id NAME\n"
     "                  as for report\n"
     "  --require-dkim  as for report\n"
     "  --              what follows is no option\n"
     "\nExit status: 0 all good; 1 some input is bad, summaries overlap, or a rate is\n"
     "above --fail-if-failures; 2 wrong usage, or output that cannot be written; 130\n"
     "interrupted: what was read is shown.\n"},
    {"help", "usage: tlsrpt help [COMMAND]\n", "Shows the manual of a command.\n"},
};

static const manual *find(const char *command) {
  for (size_t i = 0; i < sizeof manuals / sizeof manuals[0]; i++) {
    const char *name = manuals[i].command;
    if (name == command || (name && command && strcmp(name, command) == 0)) return &manuals[i];
  }
  return NULL;
}

bool help_show(const char *command) {
  const manual *m = find(command);
  if (!m) return false;
  output_text(m->usage);
  output_text("\n");
  output_text(m->text);
  return true;
}

void help_usage(const char *command) {
  fputs(find(command)->usage, stderr);
  fprintf(stderr, "Try 'tlsrpt help%s%s'.\n", command ? " " : "", command ? command : "");
}
