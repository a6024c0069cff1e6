#!/bin/bash
# SPDX-License-Identifier: MIT
# Unpacks Debian's source packages in a folder, once each. The machine's own list of sources may be without source packages, and is not
# changed. Needs dpkg-dev, but no privileges.
# usage: debian_source.sh FOLDER PACKAGE...
set -euo pipefail

mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
packages=()
for package; do [[ -f $folder/$package.done ]] || packages+=("$package"); done
((${#packages[@]})) || exit 0

mkdir -p "$folder"/{lists,cache}/partial "$folder/cache/archives/partial"
# shellcheck disable=SC2016
apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
  awk '!seen[$0]++' >"$folder/sources.list"
options=(-qq -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root)
cd "$folder"
apt-get "${options[@]}" update
apt-get "${options[@]}" source "${packages[@]}"
for package in "${packages[@]}"; do touch "$package.done"; done
