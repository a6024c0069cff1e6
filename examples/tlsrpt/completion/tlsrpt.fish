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

complete -c tlsrpt -n __tlsrpt_begins -a check -d 'looks up in DNS whether senders will report, where to, and what to mend'
complete -c tlsrpt -n '__tlsrpt_is check' -l server -x -d 'ask this server, ADDR, ADDR:PORT or [ADDR]:PORT, and not those of the...'
complete -c tlsrpt -n '__tlsrpt_is check' -l timeout -x -d 'how long all look-ups for one domain may take (10)'
complete -c tlsrpt -n '__tlsrpt_is check' -l tcp -d 'ask over TCP only'
complete -c tlsrpt -n '__tlsrpt_is check' -l mx -d 'also the records of the MX hosts, which DANE reports follow'
complete -c tlsrpt -n '__tlsrpt_is check' -l jobs -x -d 'so many domains at a time (32)'
complete -c tlsrpt -n '__tlsrpt_is check' -l format -x -a 'text json' -d 'format'
complete -c tlsrpt -n '__tlsrpt_is check' -l quiet -d 'no counter on standard error, which a terminal shows'
complete -c tlsrpt -n '__tlsrpt_is check' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is check' -l help -d 'show the manual'

complete -c tlsrpt -n __tlsrpt_begins -a record -d 'whether senders would report, where to, and what to mend'
complete -c tlsrpt -n '__tlsrpt_is record' -l strict -d 'only what the grammar of RFC 8460 allows is valid'
complete -c tlsrpt -n '__tlsrpt_is record' -l format -x -a 'text json' -d 'format'
complete -c tlsrpt -n '__tlsrpt_is record' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is record' -l help -d 'show the manual'

complete -c tlsrpt -n __tlsrpt_begins -a report -d 'what reports say: who could not send you mail over TLS, and why'
complete -c tlsrpt -n '__tlsrpt_is report' -l strict -d 'refuse a report at the first thing that breaks RFC 8460'
complete -c tlsrpt -n '__tlsrpt_is report' -l format -x -a 'text json ndjson csv tsv' -d 'format'
complete -c tlsrpt -n '__tlsrpt_is report' -l no-header -d 'csv, tsv: no line with the names of the columns'
complete -c tlsrpt -n '__tlsrpt_is report' -l verbose -d 'text: all failures and all findings'
complete -c tlsrpt -n '__tlsrpt_is report' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is report' -l input -x -a 'auto lines u32 files0 tar mbox' -d 'how reports come on standard input, which is then read where no PATH...'
complete -c tlsrpt -n '__tlsrpt_is report' -l domain -x -d 'mark reports that are about other domains: report.other-domain'
complete -c tlsrpt -n '__tlsrpt_is report' -l authserv-id -x -d 'trust the DKIM results in fields Authentication-Results of this mail...'
complete -c tlsrpt -n '__tlsrpt_is report' -l require-dkim -d 'refuse what is not signed by the domain that the report is from...'
complete -c tlsrpt -n '__tlsrpt_is report' -l delivery -d 'for a mail server that pipes a mail into "tlsrpt report --delivery...'
complete -c tlsrpt -n '__tlsrpt_is report' -l tokenizer -x -a 'builtin yajl' -d 'what splits the JSON text: builtin (default) or yajl'
complete -c tlsrpt -n '__tlsrpt_is report' -l help -d 'show the manual'
complete -c tlsrpt -n '__tlsrpt_is report' -F

complete -c tlsrpt -n __tlsrpt_begins -a summary -d 'what many reports say, taken together'
complete -c tlsrpt -n '__tlsrpt_is summary' -l format -x -a 'text json csv html prometheus' -d 'format'
complete -c tlsrpt -n '__tlsrpt_is summary' -l since -x -d 'leave out reports that begin before this day (UTC)'
complete -c tlsrpt -n '__tlsrpt_is summary' -l until -x -d 'leave out reports that begin after this day'
complete -c tlsrpt -n '__tlsrpt_is summary' -l domain -x -d 'only policies of this domain and of hosts below it'
complete -c tlsrpt -n '__tlsrpt_is summary' -l only-failures -d 'leave out what has no failures'
complete -c tlsrpt -n '__tlsrpt_is summary' -l fail-if-failures -x -d 'exit status 1 where a policy has a greater share of failed sessions...'
complete -c tlsrpt -n '__tlsrpt_is summary' -l days -x -d 'ready to enforce: days that must be known (14)'
complete -c tlsrpt -n '__tlsrpt_is summary' -l reporters -x -d 'ready to enforce: reporters that must be known (2)'
complete -c tlsrpt -n '__tlsrpt_is summary' -l max-rows -x -d 'of each table'
complete -c tlsrpt -n '__tlsrpt_is summary' -l quiet -d 'no progress on a terminal'
complete -c tlsrpt -n '__tlsrpt_is summary' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is summary' -l input -x -a 'auto lines u32 files0 tar mbox' -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l authserv-id -x -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l require-dkim -d 'as for report'
complete -c tlsrpt -n '__tlsrpt_is summary' -l help -d 'show the manual'
complete -c tlsrpt -n '__tlsrpt_is summary' -F

complete -c tlsrpt -n __tlsrpt_begins -a lint -d 'what is wrong with reports or records themselves'
complete -c tlsrpt -n '__tlsrpt_is lint' -l format -x -a 'text json' -d 'one line an input: source and diagnostics'
complete -c tlsrpt -n '__tlsrpt_is lint' -l severity -x -a 'info warning error' -d 'leave out what is less severe'
complete -c tlsrpt -n '__tlsrpt_is lint' -l color -x -a 'auto always never' -d 'colours'
complete -c tlsrpt -n '__tlsrpt_is lint' -l record -x -d 'a record'
complete -c tlsrpt -n '__tlsrpt_is lint' -l help -d 'show the manual'
complete -c tlsrpt -n '__tlsrpt_is lint' -F

complete -c tlsrpt -n __tlsrpt_begins -a help -d 'the manual of a command; so does --help behind it'
complete -c tlsrpt -n '__tlsrpt_is help' -l help -d 'show the manual'
complete -c tlsrpt -n '__tlsrpt_is help' -a 'check record report summary lint help'
