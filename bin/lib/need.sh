# shellcheck shell=bash
# Sourced. Makes sure that a command is there. Needs say.sh.

windlass_apt_is_fresh=no

can_install_packages() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 && grep -qE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release 2>/dev/null
}

# apt_quietly ARGS…: apt-get that waits for another apt, asks nothing, and shows its output only when it failed.
apt_quietly() {
  local log
  log=$(mktemp)
  if DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -y "$@" >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    return 0
  fi
  tail -n 20 "$log" >&2
  rm -f "$log"
  return 1
}

# need_package PACKAGE WHAT: installs it on Debian and Ubuntu as root, saying so; elsewhere names it and exits 2.
need_package() {
  if ! can_install_packages; then
    fail "$2 is missing" "install the package $1 (Debian, Ubuntu: sudo apt-get install $1), then run this again" 2
  fi
  say "installing $1 ($2 is missing)"
  if [ "$windlass_apt_is_fresh" = no ]; then
    apt_quietly update || fail "apt-get update failed" "check the network and /etc/apt/sources.list, then run this again" 2
    windlass_apt_is_fresh=yes
  fi
  apt_quietly install --no-install-recommends "$1" ||
    fail "apt-get install $1 failed" "install the package $1 by hand, then run this again" 2
}

# need COMMAND [PACKAGE]: the command is on PATH afterwards, or the script has ended with 2.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  need_package "${2:-$1}" "the command $1"
  command -v "$1" >/dev/null 2>&1 ||
    fail "the package ${2:-$1} is installed, but the command $1 is not on PATH" "look where it went: dpkg -L ${2:-$1} | grep bin/" 2
}
