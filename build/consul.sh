#!/usr/bin/env bash
# Puts a Consul agent for the tests into .tools/consul: ./build/consul.sh
# Debian dropped the package after bullseye, so that one package is taken from there, by the machine's own mirror and checked by
# Debian's key; nothing is installed into the system. CONSUL_BINARY names another one. Running it twice equals once.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=.tools/consul
[ ! -x "${CONSUL_BINARY:-$binary}" ] || exit 0
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
command -v apt-get > /dev/null && [ -f "$keyring" ] || { echo "consul: only on Debian" >&2; exit 1; }

# Asked for all targets, downloaded or not: a fresh image has no lists yet.
mirror="$(apt-get indextargets --no-release-info --format '$(SITE)' 'Created-By: Packages' | grep -m 1 -E '/debian/?$' || true)"
[ -n "$mirror" ] || { echo "consul: no mirror of Debian among the sources of apt" >&2; exit 1; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/none" .tools
echo "deb [signed-by=$keyring] ${mirror%/} bullseye main" > "$work/sources.list"
cat > "$work/apt.conf" << CONF
Dir::Etc::SourceList "$work/sources.list";
Dir::Etc::SourceParts "$work/none";
Dir::State::Lists "$work/lists";
Dir::Cache "$work/cache";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
APT::Sandbox::User "root";
CONF
export APT_CONFIG="$work/apt.conf"
apt-get update -qq
(cd "$work" && apt-get download -qq consul)
dpkg-deb --fsys-tarfile "$work"/consul_*.deb | tar -xO ./usr/bin/consul > "$work/consul"
chmod +x "$work/consul"
version="$("$work/consul" version)" # Whole: a reader that stops after one line would end it by SIGPIPE, and this with it.
echo "${version%%$'\n'*}"
mv "$work/consul" "$binary"
