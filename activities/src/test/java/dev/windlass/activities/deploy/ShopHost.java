package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.kernel.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A real nginx, a real supervisord and a small app, on ports of their own. */
final class ShopHost implements AutoCloseable {
    private static final Path APP = Path.of("src/test/apps/app.py").toAbsolutePath();

    final Path directory;
    final int blue;
    final int green;
    final int nginx;
    private final Process supervisord;
    private boolean isNginxUp;

    ShopHost() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("windlass-shop");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        blue = Ports.free();
        green = Ports.free();
        nginx = Ports.free();
        for (String name : List.of("artefacts", "programs", "upstreams", "logs")) {
            Files.createDirectory(path(name));
        }
        Files.writeString(path("nginx.conf"), nginxConf());
        Files.writeString(path("supervisord.conf"), supervisordConf());
        Files.writeString(upstreamFile(), placeholder());
        Files.writeString(path("ops.yml"), opsYml());
        startNginx();
        supervisord = new ProcessBuilder(
                        "supervisord", "-n", "-c", path("supervisord.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(path("supervisord.out").toFile())
                .start();
        until(() -> Files.exists(path("supervisor.sock")));
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    Path upstreamFile() {
        return path("upstreams/shop.conf");
    }

    Operations operations() {
        OpsFileReading reading = OpsFile.read(path("ops.yml"));
        if (reading instanceof OpsFileReading.Refused refused) {
            throw new IllegalStateException(refused.text());
        }
        return ((OpsFileReading.Accepted) reading).operations();
    }

    /** VERSION.tar.gz. @param mode ok, unhealthy, other-version, errors, slow or crash */
    void build(String version, String mode) throws IOException, InterruptedException {
        Path source = Files.createTempDirectory(directory, "source");
        Files.copy(APP, source.resolve("app.py"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(source.resolve("mode"), mode + "\n");
        run("tar", "-czf", path("artefacts/" + version + ".tar.gz").toString(), "-C", source.toString(), ".");
    }

    void startNginx() throws IOException, InterruptedException {
        run("nginx", "-c", path("nginx.conf").toString());
        isNginxUp = true;
        until(() -> Files.exists(path("nginx.pid")));
    }

    void stopNginx() throws IOException, InterruptedException {
        run("nginx", "-c", path("nginx.conf").toString(), "-s", "stop");
        isNginxUp = false;
        until(() -> !Files.exists(path("nginx.pid")));
    }

    String supervisor(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(
                List.of("supervisorctl", "-c", path("supervisord.conf").toString()));
        all.addAll(List.of(words));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    String url(String path) {
        return "http://127.0.0.1:" + nginx + path;
    }

    /** What somebody gets who asks through nginx. */
    String version() {
        try (Web web = new Web()) {
            return HealthLook.versionIn((Web.Answer.Given) web.get(url("/api/version")))
                    .orElseThrow();
        }
    }

    /** Every file with its time and size, without logs: what is asked over HTTP is logged. */
    List<String> tree() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            List<String> lines = new ArrayList<>();
            for (Path each : all.sorted().toList()) {
                if (!each.toString().contains("/logs") && !each.toString().endsWith(".log")) {
                    var attributes = Files.readAttributes(each, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    lines.add(each + " " + attributes.lastModifiedTime() + " " + attributes.size());
                }
            }
            return lines;
        }
    }

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 30 s").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    static void run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", words) + ": " + output)
                .isZero();
    }

    String placeholder() {
        return "upstream shop_prod { server 127.0.0.1:" + green + "; }\n";
    }

    private String nginxConf() {
        return """
                pid DIR/nginx.pid;
                error_log DIR/logs/error.log;
                worker_processes 2;
                events { worker_connections 512; }
                http {
                  log_format windlass '$msec|$status|$request_time|$upstream_addr|$upstream_status';
                  access_log DIR/logs/access.log windlass;
                  client_body_temp_path DIR/tmp; proxy_temp_path DIR/tmp; fastcgi_temp_path DIR/tmp;
                  uwsgi_temp_path DIR/tmp; scgi_temp_path DIR/tmp;
                  include DIR/upstreams/*.conf;
                  server {
                    listen 127.0.0.1:PORT;
                    location / { proxy_pass http://shop_prod; }
                  }
                }
                """.replace("DIR", directory.toString()).replace("PORT", String.valueOf(nginx));
    }

    private String supervisordConf() {
        return """
                [unix_http_server]
                file=DIR/supervisor.sock
                [supervisord]
                logfile=DIR/supervisord.log
                pidfile=DIR/supervisord.pid
                childlogdir=DIR/logs
                user=root
                [rpcinterface:supervisor]
                supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
                [supervisorctl]
                serverurl=unix://DIR/supervisor.sock
                [include]
                files=DIR/programs/*.conf
                """.replace("DIR", directory.toString());
    }

    private String opsYml() {
        return """
                version: 1
                team: Test
                databases: {shop: {}}
                backup: {recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]}
                apps:
                  shop:
                    environments:
                      prod:
                        target: process
                        artefacts: DIR/artefacts
                        directory: DIR/shop
                        command: [/usr/bin/python3, app.py, "a ;b #c %d 'e' $F"]
                        user: nobody
                        environment: {GREETING: "it's 100 % ;\\"fine\\" #1 $HOME"}
                        ports: [BLUE, GREEN]
                        supervisor: supervisord
                        supervisord: {config: DIR/supervisord.conf, programs: DIR/programs}
                        nginx:
                          upstream: shop_prod
                          upstream_file: DIR/upstreams/shop.conf
                          config: DIR/nginx.conf
                          log: DIR/logs/access.log
                          check: http://127.0.0.1:PORT/api/version
                        health:
                          path: /api/health
                          body: ok
                          version_path: /api/version
                          successes: 2
                          interval: 100ms
                          deadline: 5s
                        drain: {requests: 5s, websockets: 1s}
                        watch: {for: 3s, errors: 1%, p95: 200ms, least_requests: 20}
                        keep_releases: 2
                """.replace("DIR", directory.toString())
                .replace("BLUE", String.valueOf(blue))
                .replace("GREEN", String.valueOf(green))
                .replace("PORT", String.valueOf(nginx));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        supervisord.destroy();
        if (!supervisord.waitFor(30, TimeUnit.SECONDS)) {
            supervisord.destroyForcibly();
        }
        if (isNginxUp) {
            stopNginx();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
