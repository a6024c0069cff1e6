# SPDX-License-Identifier: MIT
# Made by docs/generate: cmake --build build --target generated

function __tlsrpt_begins
    test (count (commandline -opc)) -eq 1
end

function __tlsrpt_is
    set -l words (commandline -opc)
    test (count $words) -ge 2; and test $words[2] = $argv[1]
end

complete -c tlsrpt -f
complete -c tlsrpt -n __tlsrpt_begins -l help -d 'show the manual'
complete -c tlsrpt -n __tlsrpt_begins -l version -d 'show the version'

complete -c tlsrpt -n __tlsrpt_begins -a check -d 'query DNS: will senders report, where to, and what needs to be fixed?'
complete -c tlsrpt -n '__tlsrpt_is check' -l server -x -d 'query this server instead of those of the system: ADDR, ADDR:PORT or...'
complete -c tlsrpt -n '__tlsrpt_is check' -l timeout -x -d 'time limit for all queries about one domain (10)'
complete -c tlsrpt -n '__tlsrpt_is check' -l tcp -d 'query over TCP only'
complete -c tlsrpt -n '__tlsrpt_is check' -l mx -d 'also check the records of the MX hosts, for DANE reports'
complete -c tlsrpt -n '__tlsrpt_is check' -l jobs -x -d 'number of domains to check at a time (32)'
complete -c tlsrpt -n '__tlsrpt_is check' -l format -x -a 'text json' -d 'format'
complete -c tlsrpt -n '__tlsrpt_is check' -l quiet -d 'no progress display'
complete -c tlsrpt -n '__tlsrpt_is check' -l publish -x -a 'zone terraform octodns' -d 'instead of all else, print the records to publish in the notation of...'
complete -c tlsrpt -n '__tlsrpt_is check' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is check' -l help -d 'show the manual'

complete -c tlsrpt -n __tlsrpt_begins -a record -d 'read records: would senders report, where to, and what needs to be fixed?'
complete -c tlsrpt -n '__tlsrpt_is record' -l strict -d 'accept only what the grammar of RFC 8460 allows'
complete -c tlsrpt -n '__tlsrpt_is record' -l format -x -a 'text json' -d 'format'
complete -c tlsrpt -n '__tlsrpt_is record' -l publish -x -a 'zone terraform octodns' -d 'instead of all else, print the record to publish in the notation of...'
complete -c tlsrpt -n '__tlsrpt_is record' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is record' -l help -d 'show the manual'

complete -c tlsrpt -n __tlsrpt_begins -a report -d 'show reports: who could not send you mail over TLS, and why'
complete -c tlsrpt -n '__tlsrpt_is report' -l strict -d 'reject a report at the first violation of RFC 8460, in the report or...'
complete -c tlsrpt -n '__tlsrpt_is report' -l format -x -a 'text json ndjson csv tsv' -d 'format'
complete -c tlsrpt -n '__tlsrpt_is report' -l no-header -d 'csv, tsv: no line with the names of the columns'
complete -c tlsrpt -n '__tlsrpt_is report' -l no-formula-guard -d 'csv, tsv for a database: no apostrophe in front of a cell that a...'
complete -c tlsrpt -n '__tlsrpt_is report' -l verbose -d 'all messages'
complete -c tlsrpt -n '__tlsrpt_is report' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is report' -l input -x -a 'auto lines u32 files0 tar mbox' -d 'how standard input is divided into reports'
complete -c tlsrpt -n '__tlsrpt_is report' -l since -x -d 'leave out reports that begin before this day (UTC)'
complete -c tlsrpt -n '__tlsrpt_is report' -l until -x -d 'leave out reports that begin after this day'
complete -c tlsrpt -n '__tlsrpt_is report' -l domain -x -d 'only reports with a policy of this domain or a host below it'
complete -c tlsrpt -n '__tlsrpt_is report' -l only-failures -d 'only reports with failures'
complete -c tlsrpt -n '__tlsrpt_is report' -l mark-domain -x -d 'mark reports about other domains with report.other-domain'
complete -c tlsrpt -n '__tlsrpt_is report' -l authserv-id -x -d 'trust the DKIM results of this mail server in the header field...'
complete -c tlsrpt -n '__tlsrpt_is report' -l trust-topmost-results -d 'trust the first Authentication-Results if it does not name a server...'
complete -c tlsrpt -n '__tlsrpt_is report' -l require-dkim -d 'reject reports that are not signed by the domain of their sender...'
complete -c tlsrpt -n '__tlsrpt_is report' -l delivery -d 'for a mail server that pipes a mail into "tlsrpt report --delivery...'
complete -c tlsrpt -n '__tlsrpt_is report' -l quiet -d 'no progress display, and no count of other content'
complete -c tlsrpt -n '__tlsrpt_is report' -l bad-rows -d 'rows: an "error" row per invalid input'
complete -c tlsrpt -n '__tlsrpt_is report' -l exit-zero -d 'exit status 0 in place of 1 and 4, for engines that fail a job otherwise'
complete -c tlsrpt -n '__tlsrpt_is report' -l output -r -F -d 'append to this file, which several processes may do: whole reports...'
complete -c tlsrpt -n '__tlsrpt_is report' -l print-schema -x -a 'postgresql sqlite clickhouse duckdb spark' -d 'print the statements that make a table for the rows, and read nothing'
complete -c tlsrpt -n '__tlsrpt_is report' -l tokenizer -x -a 'builtin yajl' -d 'the JSON tokenizer: builtin (default) or yajl'
complete -c tlsrpt -n '__tlsrpt_is report' -l help -d 'show the manual'
complete -c tlsrpt -n '__tlsrpt_is report' -F

complete -c tlsrpt -n __tlsrpt_begins -a summary -d 'summarize many reports'
complete -c tlsrpt -n '__tlsrpt_is summary' -l format -x -a 'text json csv html prometheus' -d 'format'
complete -c tlsrpt -n '__tlsrpt_is summary' -l since -x -d 'leave out reports that begin before this day (UTC)'
complete -c tlsrpt -n '__tlsrpt_is summary' -l until -x -d 'leave out reports that begin after this day'
complete -c tlsrpt -n '__tlsrpt_is summary' -l domain -x -d 'only policies of this domain and of hosts below it'
complete -c tlsrpt -n '__tlsrpt_is summary' -l only-failures -d 'show only what has failures, and nothing if there are none'
complete -c tlsrpt -n '__tlsrpt_is summary' -l fail-if-failures -x -d 'exit status 1 if the rate of failed sessions of a policy is higher...'
complete -c tlsrpt -n '__tlsrpt_is summary' -l days -x -d 'days with reports required for "ready to enforce" (14)'
complete -c tlsrpt -n '__tlsrpt_is summary' -l reporters -x -d 'reporters required for "ready to enforce" (2)'
complete -c tlsrpt -n '__tlsrpt_is summary' -l max-rows -x -d 'limit of rows per table'
complete -c tlsrpt -n '__tlsrpt_is summary' -l quiet -d 'no progress display, and no count of other content'
complete -c tlsrpt -n '__tlsrpt_is summary' -l verbose -d 'all messages, as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l exit-zero -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l fail-if-conflicts -d 'exit status 4 if reports with one report-id differ'
complete -c tlsrpt -n '__tlsrpt_is summary' -l no-formula-guard -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is summary' -l input -x -a 'auto lines u32 files0 tar mbox' -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l authserv-id -x -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l trust-topmost-results -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l require-dkim -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l add -r -F -d 'add a summary written with --format json'
complete -c tlsrpt -n '__tlsrpt_is summary' -l help -d 'show the manual'
complete -c tlsrpt -n '__tlsrpt_is summary' -F

complete -c tlsrpt -n __tlsrpt_begins -a lint -d 'show what is wrong with reports or records themselves'
complete -c tlsrpt -n '__tlsrpt_is lint' -l format -x -a 'text json' -d 'one line per input: source and diagnostics'
complete -c tlsrpt -n '__tlsrpt_is lint' -l severity -x -a 'info warning error' -d 'leave out less severe diagnostics'
complete -c tlsrpt -n '__tlsrpt_is lint' -l input -x -a 'auto lines u32 files0 tar mbox' -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l since -x -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l until -x -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l domain -x -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l only-failures -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l mark-domain -x -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l authserv-id -x -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l trust-topmost-results -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l require-dkim -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is lint' -l quiet -d 'no progress display, and no count of other content'
complete -c tlsrpt -n '__tlsrpt_is lint' -l verbose -d 'all messages, as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l exit-zero -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is lint' -l record -x -d 'a record'
complete -c tlsrpt -n '__tlsrpt_is lint' -l help -d 'show the manual'
complete -c tlsrpt -n '__tlsrpt_is lint' -F

complete -c tlsrpt -n __tlsrpt_begins -a explain -d 'explain a diagnostic or a result type'
complete -c tlsrpt -n '__tlsrpt_is explain' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is explain' -l help -d 'show the manual'

complete -c tlsrpt -n __tlsrpt_begins -a help -d 'show the manual of a command, as COMMAND --help does'
complete -c tlsrpt -n '__tlsrpt_is help' -l help -d 'show the manual'
complete -c tlsrpt -n '__tlsrpt_is help' -a 'check record report summary lint explain help'
