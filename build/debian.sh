# Sourced by scripts that take packages of Debian without installing them.
#   use_debian NAME RELEASE [deb-src]
# makes $work, which goes away with the script, and points apt at the packages of that release (with deb-src its sources as well), by the
# machine's own mirror and checked by Debian's key. NAME is who says what is missing.

use_debian() {
  local name="$1" release="$2" sources="${3:-}" keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror
  command -v apt-get > /dev/null && [ -f "$keyring" ] || { echo "$name: only on Debian" >&2; exit 1; }
  # Asked for all targets, downloaded or not: a fresh image has no lists yet.
  mirror="$(apt-get indextargets --no-release-info --format '$(SITE)' 'Created-By: Packages' | grep -m 1 -E '/debian/?$' || true)"
  [ -n "$mirror" ] || { echo "$name: no mirror of Debian among the sources of apt" >&2; exit 1; }

  work="$(mktemp -d)"
  # Go leaves files that even their owner may not remove.
  trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/none"
  printf "%s [signed-by=$keyring] ${mirror%/} $release main\n" deb $sources > "$work/sources.list"
  cat > "$work/apt.conf" << CONF
Dir::Etc::SourceList "$work/sources.list";
Dir::Etc::SourceParts "$work/none";
Dir::State::Lists "$work/lists";
Dir::Cache "$work/cache";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
APT::Sandbox::User "root";
CONF
  export APT_CONFIG="$work/apt.conf"
  apt-get update -qq
}
