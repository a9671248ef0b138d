#!/usr/bin/env bash
# Writes CloudNative.Sdk.sln from the projects in the tree: ./build/solution.sh
# The same tree gives the same file, so a merge conflict in it is settled by running this. Solution folders are the folders
# that hold the projects.
set -euo pipefail
cd "$(dirname "$0")/.."

folder_type="{2150E333-8FDC-42A3-9474-1A3956D46DE8}"
project_type="{9A19103F-16F7-4668-BE54-9A1E7A4F7556}"
# An id made from the path: stable, whoever adds the project.
id() { printf '%s' "$1" | md5sum | sed -E 's/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/{\U\1-\2-\3-\4-\5}/'; }

mapfile -t projects < <(find src tests samples -name '*.csproj' -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/CloudNative.Templates/content/*' | LC_ALL=C sort)
# src/core/X/X.csproj sits in src/core; samples/Shop/Catalog/Catalog.csproj in samples/Shop; samples/Shop/Shop.csproj beside it.
parent() {
  local folder; folder="$(dirname "$1")"
  case "$folder" in samples/*/*) dirname "$folder" ;; samples/*) [ "$(find "$folder" -name '*.csproj' | wc -l)" -gt 1 ] && echo "$folder" || dirname "$folder" ;; *) dirname "$folder" ;; esac
}

declare -A folders=()
for project in "${projects[@]}"; do
  folder="$(parent "$project")"
  while [ "$folder" != . ]; do folders[$folder]=1; folder="$(dirname "$folder")"; done
done
mapfile -t sorted < <(printf '%s\n' "${!folders[@]}" | LC_ALL=C sort)

{
  printf '\xEF\xBB\xBF\nMicrosoft Visual Studio Solution File, Format Version 12.00\n# Visual Studio Version 17\n# Written by build/solution.sh: run it to settle a conflict in this file.\n'
  for folder in "${sorted[@]}"; do
    printf 'Project("%s") = "%s", "%s", "%s"\nEndProject\n' "$folder_type" "${folder##*/}" "${folder##*/}" "$(id "$folder")"
  done
  for project in "${projects[@]}"; do
    printf 'Project("%s") = "%s", "%s", "%s"\nEndProject\n' "$project_type" "$(basename "$project" .csproj)" "${project//\//\\}" "$(id "$project")"
  done
  printf 'Global\n\tGlobalSection(SolutionConfigurationPlatforms) = preSolution\n'
  printf '\t\tDebug|Any CPU = Debug|Any CPU\n\t\tRelease|Any CPU = Release|Any CPU\n\tEndGlobalSection\n'
  printf '\tGlobalSection(ProjectConfigurationPlatforms) = postSolution\n'
  for project in "${projects[@]}"; do
    for configuration in Debug Release; do
      for kind in ActiveCfg Build.0; do
        printf '\t\t%s.%s|Any CPU.%s = %s|Any CPU\n' "$(id "$project")" "$configuration" "$kind" "$configuration"
      done
    done
  done
  printf '\tEndGlobalSection\n\tGlobalSection(SolutionProperties) = preSolution\n\t\tHideSolutionNode = FALSE\n\tEndGlobalSection\n'
  printf '\tGlobalSection(NestedProjects) = preSolution\n'
  for folder in "${sorted[@]}"; do
    [ "$(dirname "$folder")" = . ] || printf '\t\t%s = %s\n' "$(id "$folder")" "$(id "$(dirname "$folder")")"
  done
  for project in "${projects[@]}"; do
    printf '\t\t%s = %s\n' "$(id "$project")" "$(id "$(parent "$project")")"
  done
  printf '\tEndGlobalSection\nEndGlobal\n'
} > CloudNative.Sdk.sln
echo "CloudNative.Sdk.sln: ${#projects[@]} projects in ${#sorted[@]} folders"
