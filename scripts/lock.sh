#!/bin/sh
# Pin every package with its hashes, from pyproject.toml:
#   requirements/build.txt    what builds the package
#   requirements/runtime.txt  what it needs to run
#   requirements/dev.txt      the same versions, and what tests and checks need
# Pins that still fit are kept; `scripts/lock.sh --upgrade` moves them to the newest versions.
set -eu
cd "$(dirname "$0")/.."

if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    "${PYTHON:-python3}" -m venv "$scratch/venv"
    "$scratch/venv/bin/pip" install --quiet --disable-pip-version-check uv
    uv="$scratch/venv/bin/uv"
fi

pin() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --custom-compile-command 'make lock' "$@"
}

mkdir -p requirements
pin pyproject.toml --output-file requirements/runtime.txt "$@"
pin pyproject.toml --extra dev --constraint requirements/runtime.txt \
    --output-file requirements/dev.txt "$@"
"${PYTHON:-python3}" -c '
import tomllib
with open("pyproject.toml", "rb") as file:
    print(*tomllib.load(file)["build-system"]["requires"], sep="\n")
' | pin - --constraint requirements/dev.txt --output-file requirements/build.txt "$@"
