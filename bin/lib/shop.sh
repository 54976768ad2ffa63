# shellcheck shell=bash
# Sourced by bin/demo and benchmarks/deploy. Needs say.sh, need.sh, process.sh and demo.sh (remember).
# The sample app on its own nginx and supervisord, and the part of ops.yml that deploys it: app shop, environment prod.

install_for_shop() {
  PATH=$PATH:/usr/sbin
  need node nodejs
  need npm
  need nginx nginx-light
  need supervisord supervisor
  need ss iproute2
  need ssh-keygen openssh-client
}

# prepare_shop DEMO: before the database is loaded, since that gives the roles their password. Makes the people's keys, too; they
# lie in the directory that stands for their laptops.
prepare_shop() {
  local demo=$1 person
  remember SAMPLE_APP_PASSWORD "$(openssl rand -hex 16)"
  remember WINDLASS_DEMO_SHOP_PORT "$(free_port)"
  remember WINDLASS_DEMO_SHOP_BLUE "$(free_port)"
  remember WINDLASS_DEMO_SHOP_GREEN "$(free_port)"
  mkdir -p "$demo/laptop"
  for person in ana ben; do ssh-keygen -q -t ed25519 -N '' -C "$person@laptop" -f "$demo/laptop/$person" </dev/null; done
}

# build_shop_versions TOP DEMO VERSION…: VERSION, or VERSION=FAULT for one that has a fault built in.
build_shop_versions() {
  local top=$1 demo=$2 each fault
  shift 2
  for each in "$@"; do
    fault=none
    if [[ $each == *=* ]]; then fault=${each#*=}; fi
    "$top/examples/sample-vps/build-shop" "${each%%=*}" "$demo/artefacts/shop" --fault "$fault" >/dev/null
  done
}

# start_shop_host TOP DEMO: nginx answers 502 until the first deploy.
start_shop_host() {
  local top=$1 demo=$2
  "$top/examples/sample-vps/start-shop-host" "$demo/shop-host" "$WINDLASS_DEMO_SHOP_PORT" "$WINDLASS_DEMO_SHOP_BLUE"
  # Its secret is in a file that only the app's user and root can read, since everybody may read the definition of a service.
  (umask 077 && printf 'DATABASE_URL=postgres://app_ro:%s@127.0.0.1:%s/academy_prod\n' "$SAMPLE_APP_PASSWORD" "$WINDLASS_DEMO_PGPORT" \
    >"$demo/shop-host/shop.env")
  if [ "$(id -u)" -eq 0 ]; then chown "$(shop_user)" "$demo/shop-host/shop.env"; fi
}

# shop_user: prints who the app runs as. Root, if need be, is better than a demo that ends because node lies in root's home.
shop_user() {
  if [ "$(id -u)" -ne 0 ]; then
    id -un
  elif setpriv --reuid=nobody --regid=nogroup --clear-groups "$(command -v node)" --version >/dev/null 2>&1; then
    echo nobody
  else
    echo root
  fi
}

# shop_ops DEMO [WATCH [DRAIN]]: prints apps:, people: and approvals: for ops.yml. What ana wants in prod is decided by ben, and
# the other way round. WATCH is how long a new version is watched (default 5s), DRAIN how long requests in flight may take
# (default 4s; the shop's slowest takes 10 s, and then it is ended by the app itself).
shop_ops() {
  local demo=$1 watch=${2:-5s} drain=${3:-4s} host=$1/shop-host
  cat <<YML
apps:
  shop:
    environments:
      prod:
        target: process
        artefacts: $demo/artefacts/shop
        directory: $host/shop-prod
        command: [$(command -v node), --env-file=$host/shop.env, dist/main.js]
        user: $(shop_user)
        environment:
          NODE_ENV: production
        ports: [$WINDLASS_DEMO_SHOP_BLUE, $WINDLASS_DEMO_SHOP_GREEN]
        supervisor: supervisord
        supervisord:
          config: $host/supervisor/supervisord.conf
          programs: $host/supervisor/programs
        nginx:
          upstream: shop_prod
          upstream_file: $host/nginx/upstreams/shop-prod.conf
          config: $host/nginx/nginx.conf
          log: $host/nginx/shop-prod.windlass.log
          check: http://127.0.0.1:$WINDLASS_DEMO_SHOP_PORT/api/version
        health:
          path: /api/health
          body: ok
          version_path: /api/version
          interval: 200ms
          deadline: 20s
        drain:
          requests: $drain
          websockets: 1s
        watch:
          for: $watch
          p95: 5s
        migrations:
          tool: sql
          database: academy_prod
          directory: $demo/migrations
people:
  ana:
    slack: U0ANA0DEMO1
    key: $(cat "$demo/laptop/ana.pub")
  ben:
    slack: U0BEN0DEMO2
    key: $(cat "$demo/laptop/ben.pub")
approvals:
  prod:
    approvers: [ana, ben]
    quorum: 1
    expiry: 1h
YML
}

# end_shop_host TOP DEMO: succeeds also when it was never started.
end_shop_host() {
  if [ -d "$2/shop-host" ]; then "$1/examples/sample-vps/stop-shop-host" "$2/shop-host"; fi
}

# write_migrations DEMO: two that suit the code that serves and the code to come; the second cannot bear a course without a title.
write_migrations() {
  local at=$1/migrations
  mkdir -p "$at"
  printf '%s\n' '-- windlass: expand' 'ALTER TABLE content.courses ADD COLUMN tagline text;' >"$at/0001_tagline.up.sql"
  printf '%s\n' 'ALTER TABLE content.courses DROP COLUMN tagline;' >"$at/0001_tagline.down.sql"
  printf '%s\n' '-- windlass: expand' \
    "ALTER TABLE content.courses ADD CONSTRAINT title_is_not_blank CHECK (btrim(title) <> '') NOT VALID;" \
    'ALTER TABLE content.courses VALIDATE CONSTRAINT title_is_not_blank;' >"$at/0002_title.up.sql"
  printf '%s\n' 'ALTER TABLE content.courses DROP CONSTRAINT title_is_not_blank;' >"$at/0002_title.down.sql"
}

# shop_sql STATEMENT: prints what it returns.
shop_sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$WINDLASS_DEMO_PGPORT" -U windlass_backup -d academy_prod -c "$1"; }

# start_shop_visitors TOP DEMO [RATE]: requests, one of them always slow, while versions change; they are also what a watch
# sees. From the first deploy on: before it, nginx answers 502.
start_shop_visitors() {
  start_in_background "$2/visitors.pid" "$2/visitors.log" python3 "$1/benchmarks/deploy/kit/visitors.py" "$WINDLASS_DEMO_SHOP_PORT" "${3:-20}"
}

# end_shop_visitors DEMO: prints what became of them. Succeeds also when there were none.
end_shop_visitors() {
  if [ ! -e "$1/visitors.pid" ]; then return 0; fi
  stop_by_pid_file "$1/visitors.pid" 20
  cat "$1/visitors.log"
}
