#!/usr/bin/env bash
# Puts an API server of Kubernetes with its etcd for the tests into .tools/kubernetes: ./build/kubernetes.sh [folder]
# Debian has the source of 1.20.2 as a package, with all that it is built from; nobody packages the server itself. So it is built
# here, once, in about four minutes, by Debian's own compiler of that time; nothing is installed into the system.
# KUBEBUILDER_ASSETS names a folder with others. KUBERNETES_PARTS="kube-apiserver kube-controller-manager" builds more of it.
# Running it twice equals once.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -z "${KUBEBUILDER_ASSETS:-}" ] || exit 0
read -ra parts <<< "${KUBERNETES_PARTS:-kube-apiserver}"
folder="${1:-.tools/kubernetes}"
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
missing=false
for part in "${parts[@]}" etcd; do [ -x "$folder/$part" ] || missing=true; done
$missing || exit 0

. build/debian.sh
use_debian kubernetes bookworm deb-src
cd "$work"
apt-get source -qq --download-only kubernetes
apt-get download -qq golang-1.19-go golang-1.19-src golang-github-modern-go-reflect2-dev etcd-server=3.4\*
for package in *.deb; do dpkg-deb -x "$package" packages; done

export GOROOT="$work/packages/usr/lib/go-1.19" GOPATH="$work/go" GOCACHE="${GOCACHE:-$work/gocache}"
export GO111MODULE=off GOPROXY=off GOFLAGS="" CGO_ENABLED=0 PATH="$work/packages/usr/lib/go-1.19/bin:$PATH"
source="$GOPATH/src/k8s.io/kubernetes"
mkdir -p "$source"
tar xzf kubernetes_*.orig.tar.gz -C "$source" --strip-components=1
cd "$source"

# The reflect2 1.0.1 in there reads maps wrongly from Go 1.18 on; Debian's package carries 1.0.2.
reflect=vendor/github.com/modern-go/reflect2
rm -f $reflect/*.go $reflect/*.s
cp "$work/packages/usr/share/gocode/src/github.com/modern-go/reflect2"/*.{go,s} $reflect/
rm -f $reflect/*_test.go

# The one generated file that the archive lacks.
go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
generated="$(find -L cmd pkg plugin vendor/k8s.io -name '*.go' ! -name 'zz_generated*' \
  | grep -vE '^vendor/k8s.io/(code-generator|sample-apiserver)/|/_examples/|/testdata/' \
  | { xargs grep -l '+k8s:openapi-gen=' || true; } | xargs -n1 dirname | LC_ALL=C sort -u \
  | sed 's|^|k8s.io/kubernetes/|' | paste -sd,)"
"$work/openapi-gen" --logtostderr -i "$generated" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
  -h hack/boilerplate/boilerplate.generatego.txt -r "$work/violations" 2> "$work/openapi-gen.log" \
  || { tail "$work/openapi-gen.log" >&2; exit 1; }

flags="-s -w"
for package in component-base/version client-go/pkg/version; do
  at="k8s.io/kubernetes/vendor/k8s.io/$package"
  flags+=" -X $at.gitVersion=v1.20.2 -X $at.gitMajor=1 -X $at.gitMinor=20"
done
for part in "${parts[@]}"; do
  [ -x "$folder/$part" ] && continue
  go build -trimpath -ldflags "$flags" -o "$folder/$part.part" "./cmd/$part"
  mv "$folder/$part.part" "$folder/$part"
done
cp "$work/packages/usr/bin/etcd" "$folder/"
"$folder/kube-apiserver" --version
