# shellcheck shell=bash
# Sourced. Finds a JDK that can run Windlass, whatever `java` on PATH is. Needs say.sh; installs one where need.sh is sourced too.

WINDLASS_JDK_MINIMUM=21

# jdk_major HOME: prints the feature version of the JDK there; fails where there is none.
# The release file answers without starting a JVM (half a second each).
jdk_major() {
  local version
  [ -x "$1/bin/javac" ] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || return 1
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1) || return 1
  fi
  [ -n "$version" ] && printf '%s\n' "$version"
}

# jdk_of_path: prints the home of the `java` on PATH, links resolved.
jdk_of_path() {
  local java
  java=$(command -v java) || return 1
  java=$(readlink -f "$java" 2>/dev/null) || return 1
  dirname "$(dirname "$java")"
}

# find_jdk [MINIMUM]: prints the home of a JDK of at least that version: JAVA_HOME, then PATH, then the usual places.
find_jdk() {
  local minimum=${1:-$WINDLASS_JDK_MINIMUM} home major
  for home in "${JAVA_HOME:-}" "$(jdk_of_path || true)" /usr/lib/jvm/* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] || continue
    major=$(jdk_major "$home") || continue
    if [ "$major" -ge "$minimum" ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

# need_jdk [MINIMUM]: like find_jdk, but where there is none installs the distribution's (Debian, Ubuntu, as root), or says
# what is missing and how to get it, and exits 2.
need_jdk() {
  local minimum=${1:-$WINDLASS_JDK_MINIMUM} version
  find_jdk "$minimum" && return 0
  if declare -F need_package >/dev/null && can_install_packages; then
    for version in "$minimum" 25; do
      # No candidate is normal (Debian 12 has 17 only): then the hint below is the answer.
      apt-cache show "openjdk-$version-jdk-headless" >/dev/null 2>&1 || continue
      need_package "openjdk-$version-jdk-headless" "a JDK $minimum or newer"
      find_jdk "$minimum" && return 0
    done
  fi
  fail "no JDK ${minimum} or newer (looked at JAVA_HOME=${JAVA_HOME:-unset}, java on PATH, /usr/lib/jvm)" \
    "install one (Debian 13, Ubuntu 24.04: apt-get install openjdk-${minimum}-jdk; elsewhere: https://adoptium.net), or set JAVA_HOME to one" 2
}
