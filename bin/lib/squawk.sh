# shellcheck shell=bash
# Sourced. The lint of migrations, from PyPI and pinned. Needs say.sh and need.sh.

windlass_squawk_version=2.70.0

# need_squawk: squawk lies in the cache afterwards, where the worker looks for it, or the script has ended with 2.
need_squawk() {
  local home=${XDG_CACHE_HOME:-$HOME/.cache}/windlass/squawk
  if [ -x "$home/bin/squawk" ] && [ "$("$home/bin/squawk" --version)" = "squawk $windlass_squawk_version" ]; then return 0; fi
  need python3
  python3 -c 'import venv, ensurepip' 2>/dev/null || need_package python3-venv "Python's module venv"
  say "installing squawk $windlass_squawk_version, the lint of migrations (once)"
  rm -rf "$home"
  mkdir -p "${home%/*}"
  { python3 -m venv "$home" && "$home/bin/pip" install --quiet --disable-pip-version-check "squawk-cli==$windlass_squawk_version"; } ||
    fail "pip install squawk-cli==$windlass_squawk_version failed" "check the network, then run this again" 2
}
