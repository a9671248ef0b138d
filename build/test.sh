#!/usr/bin/env bash
# Runs the tests: ./build/test.sh [options] [module ...]
#   module       part of a module's name ("Http" for CloudNative.Http.Tests); without one, all modules run
#   --debug      build and run the debug configuration; tests of figures skip there
#   --no-build   take the modules as they were built last
#   --no-setup   install nothing
# Sets up what the tests need, builds once and runs the modules one at a time. Failed and skipped tests are printed with their
# reasons, full output is in artifacts/test-results. The last line is "N passed, N failed, N skipped"; the exit code is 0
# only when something passed and nothing failed.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; }
build=true setup=true configuration=Release wanted=()
for argument in "$@"; do
  case "$argument" in
    --debug) configuration=Debug ;;
    --no-build) build=false ;;
    --no-setup) setup=false ;;
    -h|--help) usage; exit 0 ;;
    -*) echo "test: unknown option $argument" >&2; usage >&2; exit 2 ;;
    *) wanted+=("$argument") ;;
  esac
done

# One module may not hang the whole run.
limit="${TEST_MODULE_TIMEOUT:-20m}"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

is_wanted() {
  [ ${#wanted[@]} -gt 0 ] || return 0
  local part
  for part in "${wanted[@]}"; do [[ "$1" == *"$part"* ]] && return 0; done
  return 1
}

modules=()
for project in tests/*/*.csproj; do
  name="$(basename "$project" .csproj)"
  # The same rule as IsTestModule in tests/Directory.Build.props.
  case "$name" in *Tests|CloudNative.Comparison|CloudNative.AotSmoke) is_wanted "$name" && modules+=("$name") ;; esac
done
[ ${#modules[@]} -gt 0 ] || { echo "test: no module is named like ${wanted[*]}" >&2; exit 2; }

# One compiler serves all projects, also those that tests build, which more than halves the time. It is this run's own and ends
# with it, whatever the machine has set.
export UseSharedCompilation=true SharedCompilationId="cloudnative-tests-$$"
end_compiler() {
  local sdk
  sdk="$(dotnet msbuild Directory.Build.props -nologo -getProperty:RoslynTargetsPath)" || return 0
  dotnet exec "$sdk/bincore/VBCSCompiler.dll" "-pipename:$SharedCompilationId" -shutdown > /dev/null 2>&1 || true
}
trap end_compiler EXIT

$setup && ./build/setup.sh
if $build; then
  started=$SECONDS
  if [ ${#wanted[@]} -gt 0 ]; then
    for name in "${modules[@]}"; do dotnet build "tests/$name" -c "$configuration" -v q -nologo; done
  else
    dotnet build CloudNative.Sdk.sln -c "$configuration" -v q -nologo
  fi
  echo "built in $((SECONDS - started)) s"
fi

results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

passed=0 failed=0 skipped=0
for name in "${modules[@]}"; do
  module="artifacts/bin/$name/${configuration,,}/$name.dll"
  log="$results/$name.log"
  started=$SECONDS code=0
  if [ -f "$module" ]; then
    timeout --kill-after=30s "$limit" dotnet exec "$module" -noLogo -noColor -noAutoReporters -result-xml "$results/$name.xml" \
      > "$log" 2>&1 < /dev/null || code=$?
  else
    echo "$module is missing; build it" > "$log"
    code=1
  fi

  # "   <module>  Total: 3, Errors: 0, Failed: 1, Skipped: 1, Not Run: 0, Time: 0.198s"
  # or, without tests, "   <module>  Total: 0".
  summary="$(grep -E "^ +$name +Total: ([0-9]+, Errors: .*|0)$" "$log" | tail -n 1 || true)"
  count() { local n; n="$(sed -n "s/.*$1: \([0-9]*\).*/\1/p" <<< "$summary")"; echo "${n:-0}"; }
  if [ -n "$summary" ]; then
    total=$(count Total) bad=$(($(count Failed) + $(count Errors))) skip=$(count Skipped) idle=$(count 'Not Run')
  else
    total=0 bad=0 skip=0 idle=0
  fi

  good=$((total - bad - skip - idle)) note=""
  [ "$good" -ge 0 ] || good=0
  if [ -z "$summary" ]; then
    bad=1 note=", ended without a summary (exit code $code)"
    [ "$code" != 124 ] && [ "$code" != 137 ] || note=", stopped after $limit"
  elif [ "$total" = 0 ]; then
    bad=1 note=", has no tests"
  elif [ "$code" != 0 ] && [ "$bad" = 0 ]; then
    bad=1 note=", exit code $code"
  fi

  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + skip))
  echo "$name: $good passed, $bad failed, $skip skipped$note ($((SECONDS - started)) s)"
  if [ "$bad" -gt 0 ] && [ -n "$note" ]; then tail -n 40 "$log" | sed 's/^/    /'; fi
  if [ "$bad" -gt 0 ] || [ "$skip" -gt 0 ]; then
    # From a "[FAIL]" or "[SKIP]" line to the next line that is not indented deeper.
    awk '/^    [^ ].*\[(FAIL|SKIP)\]$/ {show=1; print; next} show && /^      / {print; next} show && /^$/ {next} {show=0}' "$log"
  fi
done

echo "in $((SECONDS / 60)) min $((SECONDS % 60)) s; full output in $results"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
