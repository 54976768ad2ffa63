# shellcheck shell=bash
# Sourced. Messages go to standard error, so that standard output stays for answers a script can read.
# An error is a fact with its values; `hint: ` says what to do.

say() { printf '%s\n' "$*" >&2; }

# fail FACT [HINT [EXIT_CODE]]
fail() {
  printf 'error: %s\n' "$1" >&2
  if [ -n "${2:-}" ]; then printf 'hint: %s\n' "$2" >&2; fi
  exit "${3:-1}"
}

# print_help_of FILE: the comment block at its top is its help, so the two cannot differ.
print_help_of() { awk 'NR == 1 { next } /^#/ { sub(/^# ?/, ""); print; next } { exit }' "$1"; }
