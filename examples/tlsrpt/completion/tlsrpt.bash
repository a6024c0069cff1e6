# SPDX-License-Identifier: MIT
# Made by docs/generate: cmake --build build --target generated

_tlsrpt() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local commands='check record report summary lint explain help' words='' files='' ended='' i
  COMPREPLY=()
  # "--option=value" comes as three words.
  if [[ $word == '=' ]]; then
    word=
  elif [[ $previous == '=' ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 2; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == -- ]] && ended=1 previous=
  done

  case "$command $previous" in
  'check --server') return ;;
  'check --timeout') return ;;
  'check --jobs') return ;;
  'check --format') words='text json' ;;
  'check --publish') words='zone terraform octodns' ;;
  'check --color') words='auto always never' ;;
  'record --format') words='text json' ;;
  'record --publish') words='zone terraform octodns' ;;
  'record --color') words='auto always never' ;;
  'report --format') words='text json ndjson csv tsv' ;;
  'report --color') words='auto always never' ;;
  'report --input') words='auto lines u32 files0 tar mbox' ;;
  'report --since') return ;;
  'report --until') return ;;
  'report --domain') return ;;
  'report --mark-domain') return ;;
  'report --authserv-id') return ;;
  'report --jobs') return ;;
  'report --output') files=1 ;;
  'report --print-schema') words='postgresql sqlite clickhouse duckdb spark' ;;
  'report --max-depth') return ;;
  'report --max-string') return ;;
  'report --max-strings') return ;;
  'report --max-entry') return ;;
  'report --max-held') return ;;
  'report --max-policies') return ;;
  'report --max-failures') return ;;
  'report --max-diagnostics') return ;;
  'report --max-memory') return ;;
  'report --max-input') return ;;
  'report --max-inflated') return ;;
  'report --max-ratio') return ;;
  'report --max-message') return ;;
  'report --max-header') return ;;
  'report --max-parts') return ;;
  'report --max-nesting') return ;;
  'report --max-entries') return ;;
  'report --max-reports') return ;;
  'report --tokenizer') words='builtin yajl' ;;
  'summary --format') words='text json csv html prometheus' ;;
  'summary --since') return ;;
  'summary --until') return ;;
  'summary --domain') return ;;
  'summary --fail-if-failures') return ;;
  'summary --days') return ;;
  'summary --reporters') return ;;
  'summary --max-rows') return ;;
  'summary --jobs') return ;;
  'summary --color') words='auto always never' ;;
  'summary --input') words='auto lines u32 files0 tar mbox' ;;
  'summary --authserv-id') return ;;
  'summary --max-depth') return ;;
  'summary --max-string') return ;;
  'summary --max-strings') return ;;
  'summary --max-entry') return ;;
  'summary --max-held') return ;;
  'summary --max-policies') return ;;
  'summary --max-failures') return ;;
  'summary --max-diagnostics') return ;;
  'summary --max-memory') return ;;
  'summary --max-input') return ;;
  'summary --max-inflated') return ;;
  'summary --max-ratio') return ;;
  'summary --max-message') return ;;
  'summary --max-header') return ;;
  'summary --max-parts') return ;;
  'summary --max-nesting') return ;;
  'summary --max-entries') return ;;
  'summary --max-reports') return ;;
  'summary --add') files=1 ;;
  'lint --format') words='text json' ;;
  'lint --severity') words='info warning error' ;;
  'lint --input') words='auto lines u32 files0 tar mbox' ;;
  'lint --since') return ;;
  'lint --until') return ;;
  'lint --domain') return ;;
  'lint --mark-domain') return ;;
  'lint --authserv-id') return ;;
  'lint --color') words='auto always never' ;;
  'lint --jobs') return ;;
  'lint --max-depth') return ;;
  'lint --max-string') return ;;
  'lint --max-strings') return ;;
  'lint --max-entry') return ;;
  'lint --max-held') return ;;
  'lint --max-policies') return ;;
  'lint --max-failures') return ;;
  'lint --max-diagnostics') return ;;
  'lint --max-memory') return ;;
  'lint --max-input') return ;;
  'lint --max-inflated') return ;;
  'lint --max-ratio') return ;;
  'lint --max-message') return ;;
  'lint --max-header') return ;;
  'lint --max-parts') return ;;
  'lint --max-nesting') return ;;
  'lint --max-entries') return ;;
  'lint --max-reports') return ;;
  'lint --record') return ;;
  'explain --color') words='auto always never' ;;
  esac
  if ((COMP_CWORD == 1)); then
    words="$commands --help --version"
  elif [[ -z $words$files && -z $ended && $word == -* ]]; then
    case $command in
    check) words='--server --timeout --tcp --mx --jobs --format --quiet --publish --color --help' ;;
    record) words='--strict --format --publish --color --help' ;;
    report) words='--strict --format --no-header --no-formula-guard --verbose --color --input --since --until --domain --only-failures --mark-domain --authserv-id --trust-topmost-results --require-dkim --delivery --quiet --bad-rows --exit-zero --jobs --output --print-schema --max-depth --max-string --max-strings --max-entry --max-held --max-policies --max-failures --max-diagnostics --max-memory --max-input --max-inflated --max-ratio --max-message --max-header --max-parts --max-nesting --max-entries --max-reports --tokenizer --help' ;;
    summary) words='--format --since --until --domain --only-failures --fail-if-failures --days --reporters --max-rows --quiet --verbose --exit-zero --fail-if-conflicts --jobs --no-formula-guard --color --input --authserv-id --trust-topmost-results --max-depth --max-string --max-strings --max-entry --max-held --max-policies --max-failures --max-diagnostics --max-memory --max-input --max-inflated --max-ratio --max-message --max-header --max-parts --max-nesting --max-entries --max-reports --require-dkim --add --help' ;;
    lint) words='--format --severity --input --since --until --domain --only-failures --mark-domain --authserv-id --trust-topmost-results --require-dkim --color --quiet --verbose --exit-zero --jobs --max-depth --max-string --max-strings --max-entry --max-held --max-policies --max-failures --max-diagnostics --max-memory --max-input --max-inflated --max-ratio --max-message --max-header --max-parts --max-nesting --max-entries --max-reports --record --help' ;;
    explain) words='--color --help' ;;
    help) words='--help' ;;
    esac
  elif [[ -z $words$files ]]; then
    case $command in
    check) words= ;;
    record) words= ;;
    report) files=1 ;;
    summary) files=1 ;;
    lint) files=1 ;;
    explain) words= ;;
    help) words=$commands ;;
    esac
  fi
  if [[ -n $files ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  fi
}
complete -F _tlsrpt tlsrpt
