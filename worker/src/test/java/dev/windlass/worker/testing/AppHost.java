package dev.windlass.worker.browser;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.worker.testing.Programs;
import dev.windlass.workflows.kernel.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real nginx, a real supervisord and a small app to deploy to them. */
final class AppHost implements AutoCloseable {
    private static final Path APP = Path.of("..", "activities", "src", "test", "apps", "app.py");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final int nginx = Ports.free();
    private final int blue = Ports.free();
    private final int green = Ports.free();
    private final Process supervisord;

    AppHost(Path directory) throws IOException {
        this.directory = directory;
        for (String name : List.of("artefacts", "programs", "upstreams", "logs")) {
            Files.createDirectory(directory.resolve(name));
        }
        Files.writeString(directory.resolve("upstreams/shop.conf"), filled("""
                upstream shop_prod { server 127.0.0.1:BLUE; }
                """));
        Files.writeString(directory.resolve("nginx.conf"), filled("""
                pid DIR/nginx.pid;
                error_log DIR/logs/error.log;
                worker_processes 1;
                events { worker_connections 256; }
                http {
                  log_format windlass '$msec|$status|$request_time|$upstream_addr|$upstream_status';
                  access_log DIR/logs/access.log windlass;
                  client_body_temp_path DIR/tmp; proxy_temp_path DIR/tmp; fastcgi_temp_path DIR/tmp;
                  uwsgi_temp_path DIR/tmp; scgi_temp_path DIR/tmp;
                  include DIR/upstreams/*.conf;
                  server {
                    listen 127.0.0.1:NGINX;
                    location / { proxy_pass http://shop_prod; }
                  }
                }
                """));
        Files.writeString(directory.resolve("supervisord.conf"), filled("""
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
                """));
        Programs.run("nginx", "-c", directory.resolve("nginx.conf").toString());
        supervisord = new ProcessBuilder(
                        "supervisord",
                        "-n",
                        "-c",
                        directory.resolve("supervisord.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("supervisord.out").toFile())
                .start();
        Eventually.holds(
                Duration.ofSeconds(30), "supervisord is up", () -> Files.exists(directory.resolve("supervisor.sock")));
    }

    /** The part of ops.yml that deploys to it. */
    String apps() {
        return filled("""
                apps:
                  shop:
                    environments:
                      prod:
                        target: process
                        artefacts: DIR/artefacts
                        directory: DIR/shop
                        command: [/usr/bin/python3, app.py]
                        user: root
                        ports: [BLUE, GREEN]
                        supervisor: supervisord
                        supervisord: {config: DIR/supervisord.conf, programs: DIR/programs}
                        nginx:
                          upstream: shop_prod
                          upstream_file: DIR/upstreams/shop.conf
                          config: DIR/nginx.conf
                          log: DIR/logs/access.log
                          check: http://127.0.0.1:NGINX/api/version
                        health: {path: /api/health, body: ok, version_path: /api/version, interval: 100ms, deadline: 10s}
                        drain: {requests: 1s, websockets: 1s}
                        watch: {for: 1s}
                """);
    }

    private String filled(String text) {
        return text.replace("DIR", directory.toString())
                .replace("NGINX", String.valueOf(nginx))
                .replace("BLUE", String.valueOf(blue))
                .replace("GREEN", String.valueOf(green));
    }

    /** VERSION.tar.gz of a healthy app. */
    void build(String version) throws IOException {
        Path source = Files.createDirectory(directory.resolve("source-" + version));
        Files.copy(APP, source.resolve("app.py"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(source.resolve("mode"), "ok\n");
        Programs.run(
                "tar",
                "-czf",
                directory.resolve("artefacts/" + version + ".tar.gz").toString(),
                "-C",
                source.toString(),
                ".");
    }

    /** What a visitor gets. */
    String answer() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx + "/api/version"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        supervisord.destroy();
        if (!supervisord.waitFor(30, TimeUnit.SECONDS)) {
            supervisord.destroyForcibly();
        }
        Programs.run("nginx", "-c", directory.resolve("nginx.conf").toString(), "-s", "stop");
    }
}
