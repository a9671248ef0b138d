#!/usr/bin/env bash
# Compares our packages with unmodified peers, in one run on this machine, and prints tables: ./build/compare.sh [options] [scenario ...]
#   scenario     one of those that --list names; without one, all of them
#   --full       more load and more rounds: figures to publish, on a quiet machine
#   --json FILE  writes the figures as JSON, too
#   --list       names the scenarios
# All traffic stays on loopback and ends by itself. A scenario takes between seconds and two minutes; with --full up to six minutes, a quarter
# of an hour (time-to-notice) or half an hour (rolling-restart). Who takes part and what the rows mean: docs/comparison.md
set -euo pipefail
case "${1:-}" in -h|--help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;; esac
root="$(cd "$(dirname "$0")/.." && pwd)"
dotnet build "$root/tests/CloudNative.Comparison" -c Release -v q -nologo -clp:ErrorsOnly
exec dotnet exec "$root/artifacts/bin/CloudNative.Comparison/release/CloudNative.Comparison.dll" --compare "$@"
