#!/usr/bin/env bash
# Writes the public API of packages to their PublicAPI.Unshipped.txt: ./build/public-api.sh [project.csproj ...]
# Read the diff before you commit it: it is what users will depend on.
set -euo pipefail
cd "$(dirname "$0")/.."
projects=("$@")
[ ${#projects[@]} -gt 0 ] || mapfile -t projects < <(find src -name '*.csproj' | sort)

for project in "${projects[@]}"; do
  file="$(dirname "$project")/PublicAPI.Unshipped.txt"
  name="$(basename "$project")"
  [ -f "$file" ] || continue
  # Twice: a removed symbol (RS0017) and a new one (RS0016) are found in one build, but nullability notes follow in the next.
  for _ in 1 2; do
    log="$(dotnet build "$project" --no-incremental -v q -nologo -p:TreatWarningsAsErrors=false -p:MSBuildTreatWarningsAsErrors=false 2>&1 || true)"
    printf "%s\n" "$log" | { grep -F "/$name]" || true; } | sed -n "s/.*RS0016: Symbol '\(.*\)' is not part of the declared public API.*/\1/p" | sort -u > "$file.new"
    printf "%s\n" "$log" | { grep -F "/$name]" || true; } | sed -n "s/.*RS0017: Symbol '\(.*\)' is part of the declared API.*/\1/p" | sort -u > "$file.gone"
    [ -s "$file.new" ] || [ -s "$file.gone" ] || break
    { echo '#nullable enable'; { grep -v '^#nullable' "$file" || true; } | cat - "$file.new" | { grep -vxF -f <(cat "$file.gone"; echo '') || true; } | LC_ALL=C sort -u; } > "$file.tmp"
    mv "$file.tmp" "$file"
  done
  rm -f "$file.new" "$file.gone"
  echo "$file: $(($(wc -l < "$file") - 1)) symbols"
done
