# shellcheck shell=bash
# Sourced by bin/demo. Needs say.sh. Staging's database on the demo's server, and what is looked at in it by psql.

# staging_ops CLASSIFICATION: prints, for ops.yml, what stands below academy_prod, and the database that is replaced.
staging_ops() {
  cat <<YML
    staging_sync:
      classification: $1
      target: academy_staging
  academy_staging:
    host: 127.0.0.1
    port: $WINDLASS_DEMO_PGPORT
    user: windlass_backup
    password: env:WINDLASS_PGPASSWORD
    environment: staging
    smoke:
      - name: there are learners
        sql: SELECT count(*) > 0 FROM app.users
YML
}

# make_staging: an empty database, as before the first copy. Its owner is an ordinary role, as an application's should be; what is
# in the copy will belong to it.
make_staging() {
  staging_sql postgres "CREATE ROLE academy_staging_app LOGIN"
  staging_sql postgres "CREATE DATABASE academy_staging OWNER academy_staging_app"
}

# staging_sql DATABASE STATEMENT [-c STATEMENT]…: prints what they return.
staging_sql() {
  local database=$1
  shift
  psql -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$WINDLASS_DEMO_PGPORT" -U windlass_backup -d "$database" -c "$@"
}

# check_staging DEMO: our own witness, apart from Windlass. Whoever is in production is in the copy, under an address that nobody in
# production has; and nothing that was made on the way is left.
check_staging() {
  local users copied addresses different known left
  users=$(staging_sql academy_prod "SELECT count(*) FROM app.users")
  copied=$(staging_sql academy_staging "SELECT count(*) FROM app.users")
  [ "$users" -gt 0 ] || fail "academy_prod has no users"
  [ "$users" = "$copied" ] || fail "academy_staging has $copied users, and academy_prod has $users"
  addresses=$(staging_sql academy_prod "SELECT count(*) FROM ($(addresses)) AS all_of_them")
  different=$(staging_sql academy_staging "SELECT count(*) FROM ($(addresses)) AS all_of_them")
  [ "$addresses" = "$different" ] || fail "academy_staging has $different different addresses, and academy_prod has $addresses"
  # Pseudonyms go to production's server to be compared, and no address of production goes anywhere.
  known=$(staging_sql academy_staging "COPY ($(addresses)) TO STDOUT" |
    staging_sql academy_prod "CREATE TEMPORARY TABLE copied (address text)" -c "COPY pg_temp.copied FROM STDIN" \
      -c "SELECT count(*) FROM pg_temp.copied JOIN ($(addresses)) AS real USING (address)")
  [ "$known" = 0 ] || fail "$known e-mail addresses of academy_prod are in academy_staging"
  left=$(staging_sql postgres "SELECT datname FROM pg_database WHERE datname LIKE 'windlass-%'")
  [ -z "$left" ] || fail "a database is left over: ${left//$'\n'/, }"
  [ -z "$(find "$1/scratch" -mindepth 1 -print -quit)" ] || fail "a scratch cluster is left over in $1/scratch"
  printf 'academy_staging: %s users, as many as in academy_prod; of %s addresses none is one of production, counted by psql\n' "$copied" "$different"
}

# addresses: prints a statement that returns each e-mail address once.
addresses() { printf '%s' "SELECT lower(email) AS address FROM app.users UNION SELECT lower(email) FROM app.invitations"; }

# masked_line REPORT: what the copy is, in numbers.
masked_line() {
  awk -F'; masked: ' '
    /^rows: / { rows = $0; sub(/^rows: +/, "", rows); sub(/ .*/, "", rows) }
    NF == 2 && $2 != "none" { each = split($2, masks, ", "); for (i = 1; i <= each; i++) { split(masks[i], one, " "); columns += one[2] } }
    END { printf "academy_staging, of that set: %d columns masked, %s rows looked at; pseudonymised, and not anonymous\n", columns, rows }' <<<"$1"
}
