# shellcheck shell=bash
# Sourced by start-postgres and stop-postgres. Needs say.sh.

# postgres_bin: prints the directory of initdb and pg_ctl. Debian keeps them off PATH.
postgres_bin() {
  local newest
  if [ -n "${PG_BIN:-}" ]; then
    [ -x "$PG_BIN/initdb" ] || fail "PG_BIN=$PG_BIN has no initdb" "point it at PostgreSQL's bin directory, or unset it" 2
    printf '%s\n' "$PG_BIN"
    return
  fi
  newest=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  if [ -z "$newest" ]; then newest=$(command -v initdb || true); fi
  [ -n "$newest" ] || fail "PostgreSQL's server is not installed" "install the package postgresql (Debian, Ubuntu), or set PG_BIN" 2
  dirname "$newest"
}

# as_postgres COMMAND…: PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/ "$@"
  else
    "$@"
  fi
}

# postmaster_of DATA: prints the pid of the server that runs there. A pid file that a crash left behind does not count:
# the process must be a postgres whose working directory is DATA.
postmaster_of() {
  local pid
  [ -r "$1/postmaster.pid" ] || return 1
  read -r pid <"$1/postmaster.pid" || return 1
  [[ $pid =~ ^[0-9]+$ ]] && kill -0 "$pid" 2>/dev/null || return 1
  if [ -d /proc/self ]; then
    [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$(readlink -f "$1")" ] || return 1
  else
    ps -o comm= -p "$pid" | grep -q postgres || return 1
  fi
  printf '%s\n' "$pid"
}
