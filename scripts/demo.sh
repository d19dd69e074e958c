#!/bin/sh
# Two published reviews: checked, loaded into a new embedded store, asked three questions, mapped.
set -eu
cd "$(dirname "$0")/.."

theorygraph="${THEORYGRAPH:-.venv/bin/theorygraph}"
folder=demo
store=$folder/theorygraph.kgl
map=$folder/theory-map.html

say() { printf '\n--- %s\n' "$1"; }
run() {
    printf '$ theorygraph'
    for word in "$@"; do
        case $word in *' '*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\n'
    "$theorygraph" "$@"
}

mkdir -p "$folder"
rm -f "$store" "$store"-wal "$store".lock "$store".lock-owner
THEORYGRAPH_STORE=$store
export THEORYGRAPH_STORE

say 'Two reviews, loaded from files into a new store'
run load examples/harris2021 examples/richmond2020

say 'What evidence is there for "Working with power" at team level?'
run ask "evidence for Working with power at team level"

say 'Which mechanisms have no empirical support, and who looked?'
run unsupported

say 'What is there evidence for, at which level, and why is a cell empty?'
run gaps

say 'Does the search flow add up?'
run flow harris2021

say 'The theory map'
run map "$map"

say 'What to try next'
cat <<EOF
Open $map in a browser; it needs no network.
  export THEORYGRAPH_STORE=$store
  $theorygraph show configurations --review richmond2020
  $theorygraph evidence --review richmond2020 --concept C4
  $theorygraph serve            then open http://127.0.0.1:8000
Your own review: docs/format.md
EOF
