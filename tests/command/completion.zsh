# SPDX-License-Identifier: MIT
# What zsh shows where TAB is pressed behind LINE, in a shell that has the completions of FOLDER alone. One that never answers
# is for the caller's time-out.
# usage: zsh -f completion.zsh FOLDER LINE
zmodload zsh/zpty
zpty shell 'TERM=dumb zsh -f -i'
# Keys that are pressed before the prompt is there are nobody's.
zpty -w shell "fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -D -u; LISTMAX=10000; PS1='rea''dy> '"
zpty -r shell before '*ready> *'
zpty -w -n shell "$2"$'\t\t'
zpty -w -n shell $'\C-u'
zpty -w shell "PS1='do''ne> '"
zpty -r shell shown '*done> *'
zpty -d shell
print -r -- "$shown"
