# shellcheck shell=bash
# Sourced. Where the `temporal` command comes from. Needs say.sh.

TEMPORAL_CLI_VERSION=1.8.2
# The newest one that `go install` accepts: from v1.6.0 on its go.mod has a replace directive.
TEMPORAL_GO_INSTALL_VERSION=1.5.1
# Seconds without a connection, or almost without data, after which the next way is tried.
TEMPORAL_DOWNLOAD_PATIENCE=10

temporal_cache_dir() { printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/windlass/bin"; }

go_bin_dir() {
  if command -v go >/dev/null 2>&1; then printf '%s/bin\n' "$(go env GOPATH)"; else printf '%s\n' "${GOPATH:-$HOME/go}/bin"; fi
}

# The platform as the release archives name it, and SHA-256 of that archive (checksums.txt of the release).
temporal_platform() {
  local machine
  case $(uname -m) in
    x86_64 | amd64) machine=amd64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) return 1 ;;
  esac
  case $(uname -s) in
    Linux) printf 'linux_%s\n' "$machine" ;;
    Darwin) printf 'darwin_%s\n' "$machine" ;;
    *) return 1 ;;
  esac
}

temporal_archive_sha256() {
  case $1 in
    linux_amd64) echo d8421bda989e6514b4bdb4d63a9012a8a05a806892e881a5aad8510496349a94 ;;
    linux_arm64) echo 83600a8fac6e3da54093e5da6918d399f501532b9f1172235603f9606f4ac6e4 ;;
    darwin_amd64) echo 489d7f5420cae02b559774ac23df035141954c33a51dba96f5759a0ddccdf1b6 ;;
    darwin_arm64) echo dacdc3587682c04cf27e67c8878ca2d755230b6ad63c0c6ebddd7348ae90ed94 ;;
    *) return 1 ;;
  esac
}

sha256_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# answers BINARY: it runs here and is Temporal's CLI.
answers() { [ -x "$1" ] && "$1" --version 2>/dev/null | grep -q '^temporal version'; }

# keep_in_cache BINARY: rename, so that another run never sees half a file.
keep_in_cache() {
  local cache
  cache=$(temporal_cache_dir)
  answers "$1" || return 1
  mv -f "$1" "$cache/temporal"
}

download_temporal() {
  local platform expected actual base work name status=1
  command -v curl >/dev/null 2>&1 || { say "no official download: curl is not installed"; return 1; }
  platform=$(temporal_platform) || { say "no official download for $(uname -sm)"; return 1; }
  expected=$(temporal_archive_sha256 "$platform")
  name="temporal_cli_${TEMPORAL_CLI_VERSION}_$platform.tar.gz"
  work=$(mktemp -d "$(temporal_cache_dir)/download.XXXXXX")
  for base in https://temporal.download/assets https://github.com; do
    say "trying the official download of Temporal CLI $TEMPORAL_CLI_VERSION from ${base#https://}"
    curl -fsSL --connect-timeout "$TEMPORAL_DOWNLOAD_PATIENCE" --speed-time "$TEMPORAL_DOWNLOAD_PATIENCE" --speed-limit 20000 \
      -o "$work/$name" "$base/temporalio/cli/releases/download/v$TEMPORAL_CLI_VERSION/$name" 2>"$work/error" || {
      say "not reachable: $(head -n 1 "$work/error")"
      continue
    }
    actual=$(sha256_of "$work/$name")
    if [ "$actual" != "$expected" ]; then
      say "refused: $name has SHA-256 $actual, expected $expected"
      continue
    fi
    if tar -xzf "$work/$name" -C "$work" temporal && keep_in_cache "$work/temporal"; then
      status=0
      break
    fi
  done
  rm -rf "$work"
  return "$status"
}

# The image holds one static binary, /temporal. Taking it out spares us a second way of running, stopping and persisting.
copy_temporal_from_image() {
  local image="temporalio/temporal:$TEMPORAL_CLI_VERSION" container work status=1
  [ "$(uname -s)" = Linux ] || { say "no Docker image for $(uname -s)"; return 1; }
  command -v docker >/dev/null 2>&1 || { say "no Docker image: docker is not installed"; return 1; }
  docker info >/dev/null 2>&1 || { say "no Docker image: the Docker daemon does not answer"; return 1; }
  say "trying the Docker image $image"
  container=$(docker create "$image" 2>/dev/null) || { say "not reachable: $image"; return 1; }
  work=$(mktemp -d "$(temporal_cache_dir)/image.XXXXXX")
  if docker cp "$container:/temporal" "$work/temporal" >/dev/null && keep_in_cache "$work/temporal"; then status=0; fi
  docker rm "$container" >/dev/null || true
  rm -rf "$work"
  return "$status"
}

go_install_temporal() {
  command -v go >/dev/null 2>&1 || { say "no go install: go is not installed"; return 1; }
  say "building Temporal CLI $TEMPORAL_GO_INSTALL_VERSION with go install (once; about nine minutes of CPU)"
  go install "github.com/temporalio/cli/cmd/temporal@v$TEMPORAL_GO_INSTALL_VERSION" >&2 && answers "$(go_bin_dir)/temporal"
}

# find_temporal: sets TEMPORAL_BINARY and TEMPORAL_SOURCE to one that is there already, or fails.
find_temporal() {
  local cache
  cache=$(temporal_cache_dir)
  if [ -n "${TEMPORAL_CLI:-}" ]; then
    answers "$TEMPORAL_CLI" || fail "TEMPORAL_CLI=$TEMPORAL_CLI does not answer as Temporal's CLI" "point it at the temporal binary, or unset it"
    TEMPORAL_BINARY=$TEMPORAL_CLI TEMPORAL_SOURCE=TEMPORAL_CLI
  elif TEMPORAL_BINARY=$(command -v temporal) && answers "$TEMPORAL_BINARY"; then
    TEMPORAL_SOURCE="temporal on PATH"
  elif answers "$cache/temporal"; then
    TEMPORAL_BINARY=$cache/temporal TEMPORAL_SOURCE="the cache"
  elif TEMPORAL_BINARY="$(go_bin_dir)/temporal" && answers "$TEMPORAL_BINARY"; then
    TEMPORAL_SOURCE="an earlier go install"
  else
    return 1
  fi
}

# need_temporal: as find_temporal, but gets one where there is none, and says which way it took.
need_temporal() {
  if ! find_temporal; then
    mkdir -p "$(temporal_cache_dir)"
    TEMPORAL_BINARY="$(temporal_cache_dir)/temporal"
    if download_temporal; then
      TEMPORAL_SOURCE="the official download, SHA-256 verified"
    elif copy_temporal_from_image; then
      TEMPORAL_SOURCE="the Docker image temporalio/temporal:$TEMPORAL_CLI_VERSION"
    elif go_install_temporal; then
      TEMPORAL_BINARY="$(go_bin_dir)/temporal" TEMPORAL_SOURCE="go install v$TEMPORAL_GO_INSTALL_VERSION"
    else
      fail "no Temporal server to be had here" \
        "install the CLI (https://docs.temporal.io/cli/setup-cli) or Docker or Go, or set TEMPORAL_ADDRESS to a server that runs" 2
    fi
  fi
  say "Temporal: $("$TEMPORAL_BINARY" --version) from $TEMPORAL_SOURCE ($TEMPORAL_BINARY)"
}
