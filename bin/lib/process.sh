# shellcheck shell=bash
# Sourced. Background processes known by a pid file. Needs say.sh.
#
# A pid alone proves nothing: the process may be gone and its number in use by another. So what is started here carries
# WINDLASS_PID_FILE=<pid file> in its environment, and nothing without that mark is ever signalled.

# absolute_path FILE: for a file that need not exist, in a directory that does.
absolute_path() { printf '%s/%s\n' "$(cd "$(dirname "$1")" && pwd -P)" "$(basename "$1")"; }

# wait_until SECONDS COMMAND…: polls five times a second.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.2
  done
}

# port_is_open PORT [HOST]: something listens there. The subshell closes the connection.
port_is_open() { (exec 3<>"/dev/tcp/${2:-127.0.0.1}/$1") 2>/dev/null; }

# free_port: prints a port of 127.0.0.1 on which nothing listens, below the range that the kernel hands out to clients, so
# that an outgoing connection cannot take it in the meantime.
free_port() {
  local port attempt
  for attempt in {1..200}; do
    port=$((15000 + (RANDOM * 32768 + RANDOM + attempt) % 17000))
    if ! port_is_open "$port"; then
      printf '%s\n' "$port"
      return 0
    fi
  done
  fail "no free port between 15000 and 32000 on 127.0.0.1 in 200 tries"
}

# pid_in PID_FILE: prints the number in it.
pid_in() {
  local pid
  [ -r "$1" ] || return 1
  read -r pid <"$1" || [ -n "$pid" ] || return 1
  [[ $pid =~ ^[0-9]+$ ]] && printf '%s\n' "$pid"
}

# is_ours PID PID_FILE: that process was started under this pid file.
is_ours() {
  local mark
  kill -0 "$1" 2>/dev/null || return 1
  mark="WINDLASS_PID_FILE=$(absolute_path "$2")"
  if [ -r "/proc/$1/environ" ]; then
    # A zombie has an empty environment: it counts as gone.
    tr '\0' '\n' <"/proc/$1/environ" 2>/dev/null | grep -qxF "$mark"
  else
    ps eww -o command= -p "$1" 2>/dev/null | grep -qF "$mark"
  fi
}

# is_running PID_FILE
is_running() {
  local pid
  pid=$(pid_in "$1") && is_ours "$pid" "$1"
}

# start_in_background PID_FILE LOG COMMAND…: a session of its own, so that it survives the terminal and its Ctrl-C.
start_in_background() {
  local pid_file log detach=()
  pid_file=$(absolute_path "$1")
  log=$2
  shift 2
  if is_running "$pid_file"; then
    fail "already running: pid $(pid_in "$pid_file") of $pid_file" "stop it first"
  fi
  if command -v setsid >/dev/null 2>&1; then detach=(setsid); fi
  WINDLASS_PID_FILE=$pid_file nohup ${detach[@]+"${detach[@]}"} "$@" </dev/null >>"$log" 2>&1 &
  printf '%s\n' "$!" >"$pid_file"
  # The mark shows only after exec; until then is_running would say no to a process that is just beginning.
  wait_until 5 is_begun_or_gone "$!" "$pid_file" || true
}

is_begun_or_gone() { is_ours "$@" || ! kill -0 "$1"; }

# stop_by_pid_file PID_FILE [SECONDS]: TERM, then KILL after that time. Succeeds also when nothing ran.
stop_by_pid_file() {
  local pid
  if ! pid=$(pid_in "$1"); then return 0; fi
  if is_ours "$pid" "$1"; then
    kill -TERM "$pid" 2>/dev/null || true
    if ! wait_until "${2:-20}" is_not_ours "$pid" "$1"; then
      say "pid $pid of $1 did not end in ${2:-20} s, killing it"
      kill -KILL "$pid" 2>/dev/null || true
      wait_until 10 is_not_ours "$pid" "$1" || fail "pid $pid of $1 survives SIGKILL" "look at it: ps -o stat,wchan,cmd -p $pid"
    fi
  elif kill -0 "$pid" 2>/dev/null; then
    say "pid $pid of $1 is another process by now, left alone"
  fi
  rm -f "$1"
}

is_not_ours() { ! is_ours "$@"; }
