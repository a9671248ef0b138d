#!/usr/bin/env bash
# Sets up what the tests need beyond the .NET SDK: ./build/setup.sh
# Installs only what is missing, only on Debian and its kin, only as root; else it says what is missing and which tests skip
# because of it. Running it twice equals once.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v dotnet > /dev/null || { echo "setup: the .NET SDK is missing; see https://dotnet.microsoft.com/download" >&2; exit 1; }
dotnet --version > /dev/null || { echo "setup: global.json asks for an SDK that is not installed (above)" >&2; exit 1; }

missing=()
# Ahead-of-time compilation links with clang or gcc, against zlib.
command -v clang > /dev/null || command -v gcc > /dev/null || missing+=(clang)
[ -f /usr/include/zlib.h ] || missing+=(zlib1g-dev)
# The tests of the Shop's pages drive it.
[ -x /usr/bin/chromium ] || missing+=(chromium)
# The tests of the PostgreSQL provider start servers of their own from it; the one that the package itself starts is not used.
ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || [ -n "${POSTGRESQL_BINARIES:-}" ] || missing+=(postgresql)
# The tests of the RabbitMQ provider start brokers of their own from it; the one that the package would start is not used.
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || [ -n "${RABBITMQ_SBIN:-}" ] || missing+=(rabbitmq-server)
# The test of container images pushes them to a registry of its own; the one that the package would start is not used.
[ -x /usr/bin/docker-registry ] || missing+=(docker-registry)
# The tests of Services found by DNS start a server of their own.
[ -x /usr/sbin/dnsmasq ] || missing+=(dnsmasq-base)
# The parser of AsyncAPI runs in Node.js.
command -v node > /dev/null && command -v npm > /dev/null || missing+=(nodejs npm)

if [ ${#missing[@]} -eq 0 ]; then
  echo "setup: nothing to install"
elif ! command -v apt-get > /dev/null || [ "$(id -u)" != 0 ]; then
  echo "setup: missing: ${missing[*]}. The tests that need them skip. Install by: sudo apt-get install ${missing[*]}"
else
  echo "setup: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # A service that a package would start answers to everybody, and again at every boot. This is Debian's word for starting none, for
  # as long as it takes to install; RUNLEVEL=1 is the older one.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod +x "$policy"
  fi
  export RUNLEVEL=1
  if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null; }; then
    echo "setup: could not install ${missing[*]}; the tests that need them skip"
  fi
fi

# The tests of the Consul provider run an agent; into this directory, not into the system.
./build/consul.sh || echo "setup: no Consul (above); the tests that need it skip. CONSUL_BINARY names one that you have"
# A test of the AsyncAPI document asks the parser of those who wrote the specification.
./build/asyncapi.sh || echo "setup: no AsyncAPI parser (above); the test that needs it skips"

# The tests of the Kubernetes provider run an API server with its etcd; made once, into this directory, not into the system.
./build/kubernetes.sh || echo "setup: no API server (above); the tests that need it skip. KUBEBUILDER_ASSETS names a folder with one"
