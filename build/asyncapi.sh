#!/usr/bin/env bash
# Puts AsyncAPI's own parser for the tests into .tools/asyncapi: ./build/asyncapi.sh
# From npm, without running the scripts of packages; nothing is installed into the system. Running it twice equals once.
set -euo pipefail
cd "$(dirname "$0")/.."

version=3.6.6
folder=.tools/asyncapi
grep -qs "\"version\": \"$version\"" "$folder/node_modules/@asyncapi/parser/package.json" && exit 0
command -v node > /dev/null && command -v npm > /dev/null || { echo "asyncapi: node and npm are missing" >&2; exit 1; }
mkdir -p "$folder"
npm install --prefix "$folder" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "@asyncapi/parser@$version"
