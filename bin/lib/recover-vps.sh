# shellcheck shell=bash
# Sourced. Starts the launcher that recovers a machine. Needs say.sh.

# recover_vps TOP WORD…: becomes the launcher.
recover_vps() {
  local top=$1 jar home word
  shift
  # shellcheck source=jdk.sh
  . "$top/bin/lib/jdk.sh"
  # shellcheck source=temporal-binary.sh
  . "$top/bin/lib/temporal-binary.sh"
  jar=$(find "$top/worker/target" -maxdepth 1 -name 'windlass-worker-*.jar' 2>/dev/null | sort | tail -n 1)
  [ -n "$jar" ] || fail "the worker's jar is missing in $top/worker/target" "build it once: mvn -q -DskipTests package (in $top)" 2
  home=$(need_jdk "$WINDLASS_JDK_MINIMUM")
  for word in "$@"; do
    # Who reads the help needs no server.
    case $word in -h | --help) TEMPORAL_BINARY='' && set -- --help ;; esac
  done
  if [ "${1:-}" != --help ]; then need_temporal; fi
  # Certificates of this machine's own authorities are about other servers.
  unset AWS_CA_BUNDLE
  TEMPORAL_CLI=$TEMPORAL_BINARY WINDLASS_WORKER_JAR=$jar exec "$home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto \
    -Xlog:disable --enable-native-access=ALL-UNNAMED -Djdk.console=java.base -Dlogback.configurationFile=dev/windlass/worker/recovery/logback.xml \
    -Dloader.main=dev.windlass.worker.recovery.RecoveryLauncher -cp "$jar" org.springframework.boot.loader.launch.PropertiesLauncher "$@"
}
