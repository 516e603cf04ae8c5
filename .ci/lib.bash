# Shared by the sections of the gate. Each section sources this file and can also run alone: `bash .ci/lint`.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset ${!FAKEATTIO_@} # a developer's own settings must not affect the tests

skip() { # REASON: this machine cannot run the section
  echo "skipped: $*"
  exit 77
}

fail() { # WHAT IS WRONG
  echo "FAILED: $*" >&2
  exit 1
}

# A temporary directory for the section, and commands to run when the section ends, last added first.
scratch=$(mktemp -d "${TMPDIR:-/tmp}/fakeattio-ci.XXXXXX")
cleanups=("rm -rf '$scratch'")
on_exit() { cleanups=("$1" "${cleanups[@]}"); }
clean_up() { for cleanup in "${cleanups[@]}"; do eval "$cleanup" || true; done; }
trap clean_up EXIT
trap 'exit 130' INT TERM

# need COMMAND PACKAGE...: installs Debian packages if the command is missing; fails if that is not possible.
need() {
  local command=$1
  shift
  command -v "$command" >/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
  echo "installing $*"
  {
    apt-get install -y --no-install-recommends "$@" ||
      { apt-get update && apt-get install -y --no-install-recommends "$@"; }
  } >"$scratch/apt.log" 2>&1 </dev/null || { tail -n 20 "$scratch/apt.log"; return 1; }
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)) && (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# background LOG COMMAND...: starts the command in its own process group, which is stopped when the section ends; sets $pid.
background() {
  local log=$1
  shift
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  set +m
  pid=$!
  on_exit "kill -- -$pid 2>/dev/null"
}

# await_health URL PID LOG: waits until the fake in that process answers, one minute at most.
await_health() {
  for _ in $(seq 300); do
    curl --silent --fail --output /dev/null "$1/_fake/health" && return
    kill -0 "$2" 2>/dev/null || { cat "$3"; fail "the fake ended before it answered"; }
    sleep 0.2
  done
  cat "$3"
  fail "no answer from $1 after a minute"
}

# build_fake FILE: builds the binary as it is released: static, stripped, without this machine's paths.
build_fake() {
  CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$1" ./cmd/fakeattio
}

# check_inventory BINARY FOLDER: checks that the folder has the licence of everything linked into the binary, and that the bill of
# materials lists exactly that. See .ci/inventory.
check_inventory() {
  local module linked
  linked=$(go version -m "$1" | awk '$1 == "dep" {print $2 "@" $3}' | sort)
  [ "$(wc -l <<<"$linked")" -gt 3 ] || fail "$1 does not tell its modules"
  for module in std $(awk -F@ '{print $1}' <<<"$linked") htmx.org libphonenumber github.com/fakeattio/fakeattio; do
    [ -n "$(find "$2/licenses/$module" -maxdepth 1 -type f -size +0 2>/dev/null)" ] || fail "the licence of $module is missing"
  done
  diff <(echo "$linked") <(jq -r '.components[] | select(.name | IN("std", "htmx.org", "libphonenumber") | not) | "\(.name)@\(.version)"' "$2/sbom.cdx.json" | sort) ||
    fail "the bill of materials lists other modules (>) than the binary has (<)"
  jq --exit-status '.bomFormat == "CycloneDX" and all(.components[]; .purl and .licenses[0].license.text.content)' "$2/sbom.cdx.json" >/dev/null ||
    fail "the bill of materials is not whole"
  echo "licences and bill of materials of $(wc -l <<<"$linked") modules"
}
