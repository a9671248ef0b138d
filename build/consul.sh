#!/usr/bin/env bash
# Puts a Consul agent for the tests into .tools/consul: ./build/consul.sh
# Debian dropped the package after bullseye, so that one package is taken from there, by the machine's own mirror and checked by
# Debian's key; nothing is installed into the system. CONSUL_BINARY names another one. Running it twice equals once.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=.tools/consul
[ ! -x "${CONSUL_BINARY:-$binary}" ] || exit 0
. build/debian.sh
use_debian consul bullseye
mkdir -p .tools
(cd "$work" && apt-get download -qq consul)
dpkg-deb --fsys-tarfile "$work"/consul_*.deb | tar -xO ./usr/bin/consul > "$work/consul"
chmod +x "$work/consul"
version="$("$work/consul" version)" # Whole: a reader that stops after one line would end it by SIGPIPE, and this with it.
echo "${version%%$'\n'*}"
mv "$work/consul" "$binary"
