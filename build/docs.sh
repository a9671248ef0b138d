#!/usr/bin/env bash
# Writes what is generated in the documents: the list of errors, the JSON schema, the code cut from samples. Read the diff.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/CloudNative.ArchitectureTests -c Release -v q -nologo
UPDATE_DOCS=1 dotnet exec artifacts/bin/CloudNative.ArchitectureTests/release/CloudNative.ArchitectureTests.dll \
  -noLogo -method '*.Index_OfErrors_ListsEveryPage' -method '*.CombinedSchema_OfAllPackages_IsUpToDate' -method '*.Snippets_InAllPages_AreCutFromCode'
git status --short docs README.md src samples
