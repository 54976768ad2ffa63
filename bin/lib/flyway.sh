# shellcheck shell=bash
# Sourced. Flyway's command line, which the tests of migrations call, from Maven Central and pinned (flyway.pom.xml, flyway.sha256).
# Needs say.sh, mvn, and JAVA_HOME of a JDK that can run it.

# need_flyway: Flyway lies in the cache afterwards, where the tests look for it, or the script has ended with 2.
need_flyway() {
  local beside home key
  beside=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
  home=${XDG_CACHE_HOME:-$HOME/.cache}/windlass/flyway
  key="$JAVA_HOME $(cat "$beside/flyway.pom.xml" "$beside/flyway.sha256" "$beside/flyway.sh" | sha256sum | cut -d ' ' -f 1)"
  if [ -x "$home/flyway" ] && [ "$(cat "$home/made-from" 2>/dev/null)" = "$key" ]; then return 0; fi
  say "installing Flyway, which the migrations are tested with (once, 200 MB)"
  rm -rf "$home"
  mkdir -p "$home/lib"
  mvn -B -ntp -q -f "$beside/flyway.pom.xml" dependency:copy-dependencies -DoutputDirectory="$home/lib" ||
    fail "Maven cannot get Flyway" "check the network, then run this again" 2
  (cd "$home/lib" && sha256sum --check --strict --quiet "$beside/flyway.sha256") ||
    fail "Flyway from Maven Central is not what bin/lib/flyway.sha256 says" "do not use it; compare it with what its makers publish" 2
  # All but the drivers of other databases and clouds.
  tar -xzf "$home"/lib/flyway-commandline-*.tar.gz -C "$home/lib" --strip-components=2 --wildcards --no-wildcards-match-slash \
    'flyway-*/lib/*.jar' 'flyway-*/lib/flyway/*.jar' 'flyway-*/drivers/postgresql-*.jar' || fail "Flyway's distribution cannot be unpacked" "see above" 2
  rm "$home"/lib/flyway-commandline-*.tar.gz
  # The archive of loaded classes makes a call of it half as long.
  cat >"$home/flyway" <<LAUNCHER
#!/bin/sh
exec '$JAVA_HOME/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+AutoCreateSharedArchive \\
  -XX:SharedArchiveFile='$home/classes.jsa' -Xlog:cds=off -Xlog:aot=off --enable-native-access=ALL-UNNAMED \\
  -cp '$home/lib/*:$home/lib/flyway/*' org.flywaydb.commandline.Main "\$@"
LAUNCHER
  chmod 0755 "$home/flyway"
  printf '%s\n' "$key" >"$home/made-from"
}
