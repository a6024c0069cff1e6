# SPDX-License-Identifier: MIT
"""examples/tlsrpt/completion: what bash, zsh and fish offer behind `tlsrpt`. The usage of a command is the table of its
options."""

import re
import textwrap

HEAD = """# SPDX-License-Identifier: MIT
# Made by docs/generate: cmake --build build --target generated
"""
PATHS = {"PATH", "FILE", "FOLDER"}  # what usages call the names of files


def operand(manual):
    """What the command takes that is no option: "PATH", "COMMAND"..., or ""."""
    usage = re.sub(r"--[a-z-]+( [^\s\[\]]+)?", "", manual.usage)
    found = re.search(r"\b[A-Z]+\b", usage)
    return found.group() if found else ""


def about(manual, option):
    """A few words about an option; its name where each of its values has a row of its own."""
    rows = [row for row in manual.rows() if row.term.split()[0] == option.name]
    if len(rows) != 1:
        return option.name.lstrip("-")
    short = textwrap.shorten(re.split(r"(?<=\w)[;.] ", rows[0].text)[0], 72, placeholder="...")
    return re.sub(r"\W+\.\.\.$", "...", short)


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def names(manual):
    return [option.name for option in manual.options] + ["--help"]


def bash_values(manual):
    for option in manual.options:
        pattern = quoted(f"{manual.command} {option.name}")
        if option.choices:
            yield f"  {pattern}) words={quoted(' '.join(option.choices))} ;;"
        elif option.value in PATHS:
            yield f"  {pattern}) files=1 ;;"
        elif option.value:
            yield f"  {pattern}) return ;;"


def bash_operands(manual, commands):
    kind = operand(manual)
    if kind in PATHS:
        return "files=1"
    return "words=$commands" if kind == "COMMAND" else "words="


def bash(commands):
    listed = " ".join(m.command for m in commands)
    values = "\n".join(line for m in commands for line in bash_values(m))
    options = "\n".join(f"    {m.command}) words={quoted(' '.join(names(m)))} ;;" for m in commands)
    operands = "\n".join(f"    {m.command}) {bash_operands(m, commands)} ;;" for m in commands)
    return f"""{HEAD}
_tlsrpt() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command=${{COMP_WORDS[1]}}
  local commands='{listed}' words='' files='' ended='' i
  COMPREPLY=()
  # "--option=value" comes as three words.
  if [[ $word == '=' ]]; then
    word=
  elif [[ $previous == '=' ]]; then
    previous=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi
  for ((i = 2; i < COMP_CWORD; i++)); do
    [[ ${{COMP_WORDS[i]}} == -- ]] && ended=1 previous=
  done

  case "$command $previous" in
{values}
  esac
  if ((COMP_CWORD == 1)); then
    words="$commands --help --version"
  elif [[ -z $words$files && -z $ended && $word == -* ]]; then
    case $command in
{options}
    esac
  elif [[ -z $words$files ]]; then
    case $command in
{operands}
    esac
  fi
  if [[ -n $files ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  fi
}}
complete -F _tlsrpt tlsrpt
"""


def zsh_text(text):
    return re.sub(r"([\[\]:\\])", r"\\\1", text)


def zsh_option(manual, option):
    again = "*" if re.search(rf"\[{option.name}\b[^\[\]]*\]\.\.\.", manual.usage) else ""
    takes = option.choices or option.value
    spec = f"{again}{option.name}{'=' if takes else ''}[{zsh_text(about(manual, option))}]"
    if option.choices:
        spec += f":{option.name.lstrip('-')}:({' '.join(option.choices)})"
    elif option.value:
        spec += f":{option.value}:{'_files' if option.value in PATHS else ' '}"
    return quoted(spec)


def zsh_operand(manual):
    kind = operand(manual)
    if kind == "COMMAND":
        return "'1:COMMAND:_tlsrpt_commands'"
    return quoted(f"*:{kind}:{'_files' if kind in PATHS else ' '}")


def zsh(commands):
    listed = "\n".join(f"    {quoted(m.command + ':' + zsh_text(m.brief))}" for m in commands)
    cases = []
    for m in commands:
        specs = [*(zsh_option(m, o) for o in m.options), "'--help[show the manual]'", zsh_operand(m)]
        cases.append(f"  {m.command})\n    _arguments -S " + " \\\n      ".join(specs) + "\n    ;;")
    joined = "\n".join(cases)
    return f"""#compdef tlsrpt
{HEAD}
_tlsrpt_commands() {{
  local -a commands=(
{listed}
  )
  _describe command commands
}}

_tlsrpt() {{
  if ((CURRENT == 2)); then
    if [[ $words[2] == -* ]]; then
      compadd -- --help --version
    else
      _tlsrpt_commands
    fi
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
{joined}
  esac
}}

_tlsrpt "$@"
"""


def fish_quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish_option(manual, option):
    line = f"complete -c tlsrpt -n '__tlsrpt_is {manual.command}' -l {option.name.lstrip('-')}"
    if option.choices:
        line += f" -x -a {fish_quoted(' '.join(option.choices))}"
    elif option.value:
        line += " -r -F" if option.value in PATHS else " -x"
    return f"{line} -d {fish_quoted(about(manual, option))}"


def fish_command(manual, commands):
    yield ""
    yield f"complete -c tlsrpt -n __tlsrpt_begins -a {manual.command} -d {fish_quoted(manual.brief)}"
    for option in manual.options:
        yield fish_option(manual, option)
    yield f"complete -c tlsrpt -n '__tlsrpt_is {manual.command}' -l help -d 'show the manual'"
    if operand(manual) in PATHS:
        yield f"complete -c tlsrpt -n '__tlsrpt_is {manual.command}' -F"
    elif operand(manual) == "COMMAND":
        listed = " ".join(m.command for m in commands)
        yield f"complete -c tlsrpt -n '__tlsrpt_is {manual.command}' -a '{listed}'"


def fish(commands):
    lines = "\n".join(line for m in commands for line in fish_command(m, commands))
    return f"""{HEAD}
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
{lines}
"""


def completions(manuals):
    """{file: text}"""
    commands = [m for m in manuals if m.command]
    return {"tlsrpt.bash": bash(commands), "_tlsrpt": zsh(commands), "tlsrpt.fish": fish(commands)}
