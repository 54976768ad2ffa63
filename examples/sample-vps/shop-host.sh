# shellcheck shell=bash
# Sourced by start-shop-host and stop-shop-host. Needs process.sh.

# nginx_of DIR: prints the pid of the nginx that start-shop-host started there. nginx writes over its own environment, so the
# mark of process.sh does not stay; instead it works in DIR/nginx. A pid file that a crash left behind does not count.
nginx_of() {
  local pid
  pid=$(pid_in "$1/nginx/nginx.pid") || return 1
  kill -0 "$pid" 2>/dev/null && [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$(readlink -f "$1")/nginx" ] || return 1
  printf '%s\n' "$pid"
}

# workers_in DIR: prints the pids of processes that work in DIR or below it, such as versions that a killed supervisord left
# behind, except the caller's own.
workers_in() {
  local directory link pid
  directory=$(readlink -f "$1") || return 0
  for link in /proc/[0-9]*/cwd; do
    pid=${link#/proc/} pid=${pid%/cwd}
    case $(readlink "$link" 2>/dev/null) in
      "$directory" | "$directory"/*) if [ "$pid" != "$$" ] && [ "$pid" != "$BASHPID" ]; then printf '%s\n' "$pid"; fi ;;
    esac
  done
}
