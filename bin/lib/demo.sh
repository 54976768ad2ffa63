# shellcheck shell=bash
# Sourced by bin/demo. Needs say.sh, need.sh, jdk.sh, process.sh. Every process is known by a pid file below the demo's directory.

install_for_demo() {
  need curl
  need mvn maven
  need age
  need openssl
  need python3
  need setsid util-linux
  if [ -z "$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null)" ]; then need_package postgresql "a PostgreSQL server"; fi
  JAVA_HOME=$(need_jdk 21)
  export JAVA_HOME
}

# build_for_demo TOP: only when a jar is missing or older than a source.
build_for_demo() {
  local jars=("$1/worker/target/windlass-worker-0.1.0.jar" "$1/starter/target/windlass.jar" "$1/testbed/target/windlass-testbed-0.1.0.jar") jar
  for jar in "${jars[@]}"; do
    if [ ! -f "$jar" ] || [ -n "$(find "$1"/*/src/main "$1"/*/pom.xml -newer "$jar" -print -quit)" ]; then
      say "building (mvn -DskipTests package)"
      (cd "$1" && mvn -q -B -ntp -DskipTests package) || fail "the build failed" "the first error stands above"
      # Maven leaves an unchanged jar as it is; without this, one edited file would be built again and again.
      touch "${jars[@]}"
      return 0
    fi
  done
}

# testbed TOP NAME ARGUMENT…: starts one double and waits until it says that it is ready.
testbed() {
  local top=$1 name=$2
  shift 2
  start_in_background "$demo/$name.pid" "$demo/$name.log" "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC \
    -cp "$top/testbed/target/windlass-testbed-0.1.0.jar:$top/testbed/target/lib/*" dev.windlass.testbed.TestbedMain \
    "$name" --data "$demo/$name" --ready-file "$demo/$name.json" "$@"
}

await_testbed() {
  wait_until 60 test -s "$demo/$1.json" || { tail -n 20 "$demo/$1.log" >&2; fail "the double of $1 did not start" "its log: $demo/$1.log"; }
}

# json_field FILE NAME
json_field() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$1" "$2"; }

# remember NAME VALUE: for this script and for people who source the file later.
remember() {
  export "$1=$2"
  (umask 077 && printf 'export %s=%q\n' "$1" "$2" >>"$demo/environment")
}

# start_servers TOP DEMO [ADDRESS]: the bucket is also reached at ADDRESS, which may be yet to come.
start_servers() {
  local top=$1 demo=$2 bucket_address=${3:-} answer
  remember WINDLASS_PGPASSWORD "$(openssl rand -hex 16)"
  remember PGPASSWORD "$WINDLASS_PGPASSWORD"
  remember TESTBED_SECRET_KEY "$(openssl rand -hex 20)"
  remember TESTBED_SLACK_TOKEN "xoxb-demo-$(openssl rand -hex 12)"
  remember WINDLASS_DEMO_PGPORT "$(free_port)"
  testbed "$top" r2 --bucket academy-backups --access-key demo-key --ca-file "$demo/bucket-ca.pem" ${bucket_address:+--address "$bucket_address"}
  remember TESTBED_SLACK_APP_TOKEN "xapp-demo-$(openssl rand -hex 12)"
  testbed "$top" slack --channel C0ACADEMY --user U0ANA0DEMO1=ana --user U0BEN0DEMO2=ben
  "$top/examples/sample-vps/start-postgres" "$demo/postgres" "$WINDLASS_DEMO_PGPORT"
  answer=$("$top/bin/temporal-server" start --db "$demo/temporal.db" --port "$(free_port)" --ui-port "$(free_port)" \
    --pid-file "$demo/temporal.pid" --log "$demo/temporal.log")
  remember TEMPORAL_ADDRESS "$(sed -n 's/^address=//p' <<<"$answer")"
  remember WINDLASS_DEMO_UI "$(sed -n 's/^ui=//p' <<<"$answer")"
  await_testbed r2
  await_testbed slack
}

load_sample() {
  "$1/examples/sample-vps/load-database" --host 127.0.0.1 --port "$WINDLASS_DEMO_PGPORT" --user windlass_backup \
    --database academy_prod --scale "$3"
}

# write_ops TOP DEMO [CLASSIFICATION]: the recovery identity would never be on the server; here it lies in a directory that stands
# for the laptop. With a classification, and staging.sh, academy_staging gets masked copies of academy_prod.
write_ops() {
  local top=$1 demo=$2 classification=${3:-}
  mkdir -p "$demo/laptop"
  (umask 077 && age-keygen -o "$demo/laptop/recovery.agekey" 2>/dev/null)
  remember WINDLASS_OPS_FILE "$demo/ops.yml"
  cat >"$WINDLASS_OPS_FILE" <<YML
version: 1
team: Academy
state: $demo/state
temporal:
  address: $TEMPORAL_ADDRESS
databases:
  academy_prod:
    host: 127.0.0.1
    port: $WINDLASS_DEMO_PGPORT
    user: windlass_backup
    password: env:WINDLASS_PGPASSWORD
    smoke:
      - name: there are learners
        sql: SELECT count(*) > 0 FROM app.users
${classification:+$(staging_ops "$classification")}
stores:
  bucket:
    kind: r2
    endpoint: $(json_field "$demo/r2.json" r2)
    bucket: academy-backups
    access_key_id: env:WINDLASS_DEMO_KEY_ID
    secret_access_key: env:TESTBED_SECRET_KEY
    certificate_authority: $demo/bucket-ca.pem
backup:
  databases: [academy_prod]
  directory: $demo/backups
  recipients: [$(age-keygen -y "$demo/laptop/recovery.agekey")]
  remote: bucket
  scratch:
    directory: $demo/scratch
notifications:
  temporal_ui: $WINDLASS_DEMO_UI
  slack:
    token: env:TESTBED_SLACK_TOKEN
    channel: C0ACADEMY
    team: T0TESTBED
    app: A0TESTBED
    app_token: env:TESTBED_SLACK_APP_TOKEN
    api: $(json_field "$demo/slack.json" slack)/api/
YML
  remember WINDLASS_DEMO_KEY_ID demo-key
}

start_worker() {
  local top=$1 demo=$2
  remember SERVER_PORT "$(free_port)"
  start_in_background "$demo/worker.pid" "$demo/worker.log" "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC \
    --enable-native-access=ALL-UNNAMED -jar "$top/worker/target/windlass-worker-0.1.0.jar"
  wait_until 120 curl -fsS "http://127.0.0.1:$SERVER_PORT/actuator/health/readiness" ||
    { tail -n 20 "$demo/worker.log" >&2; fail "the worker did not become ready in 120 s" "its log: $demo/worker.log"; }
}

newest_proven_set() {
  "$1/bin/windlass" backup list --json | python3 -c '
import json, sys
proven = [entry["set"] for entry in json.load(sys.stdin)["sets"] if entry["status"] == "PROVEN"]
if not proven:
    sys.exit("error: no set is proven")
print(proven[0])'
}

# newest_run TOP: the workflow id of the run that was started last.
newest_run() { "$1/bin/windlass" runs --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["id"]["workflowId"])'; }

# run_link TOP RUN: its page in the Temporal UI.
run_link() { "$1/bin/windlass" show "$2" | sed -n 's/^look at it: //p'; }

# waiting_question TOP: the id of the question that waits, as soon as there is one.
waiting_question() {
  local tries id
  for tries in $(seq 60); do
    id=$("$1/bin/windlass" approvals --json | python3 -c 'import json, sys; q = json.load(sys.stdin); print(q[0]["question"]["id"] if q else "")')
    if [ -n "$id" ]; then printf '%s\n' "$id"; return; fi
    sleep 0.5
  done
  fail "no question appeared within $((tries / 2)) s"
}

# approve_in_terminal TOP DEMO: as ben. Asks the person at the terminal; where there is none, ben says yes.
approve_in_terminal() {
  local top=$1 demo=$2 id answer=y
  id=$(waiting_question "$top")
  shown approvals show "$id"
  if [ -t 0 ]; then read -r -p "Approve it, as ben? [Y/n] " answer; fi
  case ${answer:-y} in
    [nN]*) shown reject "$id" --key "$demo/laptop/ben" --reason "not now"; fail "it was rejected: that ends the demo" "nothing was changed by it" ;;
    *) shown approve "$id" --key "$demo/laptop/ben" ;;
  esac
}

# press_in_slack DEMO USER LABEL: presses the newest button with that label, as the double's page does.
press_in_slack() {
  python3 - "$(json_field "$1/slack.json" slack)" "$(json_field "$1/slack.json" control)" "$2" "$3" <<'PY'
import json, sys, time, urllib.request
slack, control, user, label = sys.argv[1:]
for attempt in range(120):
    with urllib.request.urlopen(control + "/messages") as answer:
        messages = [json.loads(line) for line in answer.read().decode().splitlines() if line.strip()]
    buttons = [(message, element) for message in messages for block in message.get("blocks") or [] if block["type"] == "actions"
               for element in block["elements"] if element.get("text", {}).get("text") == label]
    if buttons:
        break
    time.sleep(0.5)
else:
    sys.exit(f"error: no button {label} appeared in Slack within 60 s")
message, button = buttons[-1]
click = {"user": user, "channel": message["channel"], "ts": message["ts"], "action": button["action_id"], "value": button["value"]}
# Whoever presses while the connection of Socket Mode is away is told so, and presses again.
for attempt in range(15):
    with urllib.request.urlopen(slack + "/page/click", json.dumps(click).encode()) as answer:
        problem = json.load(answer).get("problem")
    if problem != "Windlass is not connected":
        break
    time.sleep(2)
if problem:
    sys.exit(f"error: Slack was told: {problem}")
print(f"pressed {label} in Slack as {user}")
PY
}

# shop_version: what the shop says it is, through nginx.
shop_version() {
  curl -fsS "http://127.0.0.1:$WINDLASS_DEMO_SHOP_PORT/api/version" | python3 -c 'import json, sys; print(json.load(sys.stdin)["version"])'
}

# proven_line TOP SET: what was restored and compared, in numbers.
proven_line() {
  "$1/bin/windlass" backup list --json | python3 -c '
import json, sys
entry = next(entry for entry in json.load(sys.stdin)["sets"] if entry["set"] == sys.argv[1])
for proof in entry["proof"]["databases"]:
    print("        {}: {:,} tables and {:,} rows restored, every count and hash equal".format(
        proof["database"], proof["tables"], proof["rows"]))' "$2"
}

# compare_counts ONE TWO: our own witness, apart from Windlass: row counts of every table of both databases.
compare_counts() {
  local one two
  one=$(table_counts "$1")
  two=$(table_counts "$2")
  [ -n "$one" ] || fail "no tables were counted in $1"
  [ "$one" = "$two" ] || { diff <(printf '%s\n' "$one") <(printf '%s\n' "$two") >&2 || true; fail "$1 and $2 differ"; }
  printf '%s = %s: %s tables, %s rows, counted by psql\n' "$1" "$2" "$(wc -l <<<"$one")" "$(awk -F'|' '{ n += $2 } END { print n }' <<<"$one")"
}

table_counts() {
  psql -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$WINDLASS_DEMO_PGPORT" -U windlass_backup -d "$1" -c "
    SELECT format('%I.%I', n.nspname, c.relname),
      (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM ONLY %I.%I', n.nspname, c.relname), false, true, '')))[1]::text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1"
}

show_slack() {
  curl -fsS "$(json_field "$demo/slack.json" control)/messages" | python3 -c '
import json, sys
messages = [json.loads(line) for line in sys.stdin if line.strip()]
if not messages:
    sys.exit("error: Slack was told nothing")
for message in messages:
    print("  " + message.get("text", str(message)))'
}

# end_demo DEMO: the worker first, so that it drains while its servers are there.
end_demo() {
  local demo=$1 name
  [ -d "$demo" ] || return 0
  end_shop_visitors "$demo" >/dev/null
  for name in worker temporal r2 slack; do
    if [ -e "$demo/$name.pid" ]; then stop_by_pid_file "$demo/$name.pid" 40; fi
  done
  end_shop_host "$top" "$demo"
  if [ -e "$demo/postgres/data/postmaster.pid" ]; then "$top/examples/sample-vps/stop-postgres" "$demo/postgres"; fi
  rm -rf "$demo"
}
