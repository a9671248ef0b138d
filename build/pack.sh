#!/usr/bin/env bash
# Packs every package into a folder that serves as a local feed: ./build/pack.sh [folder] [version]
#   folder    default artifacts/feed
#   version   default: the version in Directory.Build.props
set -euo pipefail
folder="$(realpath -m "${1:-"$(dirname "$0")/../artifacts/feed"}")"
version="${2:-}"
cd "$(dirname "$0")/.."
mkdir -p "$folder"
# Packages of an earlier run with the same version would be served from caches that never look again.
rm -f "$folder"/CloudNative.*.nupkg "$folder"/CloudNative.*.snupkg

# With code compiled ahead of time, see ReadyToRun.targets.
properties=(-p:ReadyToRunImages=true)
[ -z "$version" ] || properties+=("-p:Version=$version")
dotnet pack CloudNative.Sdk.sln -c Release -o "$folder" -v q -nologo "${properties[@]}"

packages=("$folder"/CloudNative.*.nupkg)
[ -e "${packages[0]}" ] || { echo "pack: nothing was packed" >&2; exit 1; }
version="$(basename "$(ls "$folder"/CloudNative.Sdk.*.nupkg | head -n 1)" .nupkg)"
version="${version#CloudNative.Sdk.}"
cat <<TXT
${#packages[@]} packages, version $version, in $folder

Use them in a service:
  dotnet nuget add source "$folder" --name cloudnative-local
  dotnet add package CloudNative.Sdk --version $version

or, for one repository, in its nuget.config:
  <configuration>
    <packageSources>
      <add key="cloudnative-local" value="$folder" />
    </packageSources>
  </configuration>

NuGet keeps what it installed once. After packing again with the same version, remove the old copies:
  rm -rf "\$(dotnet nuget locals global-packages --list | sed 's/^[^ ]* //')"cloudnative.*/$version
TXT
