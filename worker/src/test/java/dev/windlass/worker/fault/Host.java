package dev.windlass.worker.fault;

import dev.windlass.worker.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The team's nginx and supervisord, and the apps they serve. Nobody kills these. */
final class Host implements AutoCloseable {
    final Path directory;
    final List<Shop> shops;
    private final Child nginx;
    private final Child supervisord;

    Host(Path directory, List<String> names) {
        this.directory = directory;
        this.shops = names.stream().map(name -> new Shop(name, directory)).toList();
        this.nginx = new Child(
                "nginx",
                List.of("nginx", "-c", directory.resolve("nginx.conf").toString(), "-g", "daemon off;"),
                Map.of(),
                directory.resolve("nginx.out"),
                () -> Files.exists(directory.resolve("nginx.pid")));
        this.supervisord = new Child(
                "supervisord",
                List.of(
                        "supervisord",
                        "-n",
                        "-c",
                        directory.resolve("supervisord.conf").toString()),
                Map.of(),
                directory.resolve("supervisord.out"),
                () -> Files.exists(directory.resolve("supervisor.sock")));
    }

    void start() throws IOException {
        for (String name : List.of("upstreams", "programs", "logs", "tmp")) {
            Files.createDirectories(directory.resolve(name));
        }
        for (Shop shop : shops) {
            shop.create();
            shop.build("v0", 0);
        }
        Files.writeString(directory.resolve("nginx.conf"), nginxConf());
        Files.writeString(directory.resolve("supervisord.conf"), supervisordConf());
        nginx.start();
        supervisord.start();
    }

    void stopNginx() throws IOException {
        run(List.of("nginx", "-c", directory.resolve("nginx.conf").toString(), "-s", "stop"));
        Eventually.holds(Duration.ofSeconds(20), "nginx is gone", () -> !Files.exists(directory.resolve("nginx.pid")));
    }

    void startNginx() throws IOException {
        // nginx -t has left an empty one.
        Files.deleteIfExists(directory.resolve("nginx.pid"));
        nginx.start();
    }

    Shop shop(String name) {
        return shops.stream().filter(shop -> shop.name.equals(name)).findFirst().orElseThrow();
    }

    /** What supervisord says, one word each: {@code status NAME}, {@code pid NAME}. */
    String supervisor(String verb, String service) throws IOException {
        return output(List.of(
                "supervisorctl", "-c", directory.resolve("supervisord.conf").toString(), verb, service));
    }

    /** How often supervisord has ever started a service. */
    long starts(String service) throws IOException {
        try (var lines = Files.lines(directory.resolve("supervisord.log"))) {
            return lines.filter(line -> line.contains("spawned: '" + service + "'"))
                    .count();
        }
    }

    static void run(List<String> words) throws IOException {
        output(words);
    }

    private static String output(List<String> words) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.strip();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private String nginxConf() {
        return """
                pid DIR/nginx.pid;
                error_log DIR/logs/error.log;
                USERworker_processes 2;
                events { worker_connections 512; }
                http {
                  log_format windlass '$msec|$status|$request_time|$upstream_addr|$upstream_status';
                  access_log off;
                  client_body_temp_path DIR/tmp; proxy_temp_path DIR/tmp; fastcgi_temp_path DIR/tmp;
                  uwsgi_temp_path DIR/tmp; scgi_temp_path DIR/tmp;
                  include DIR/upstreams/*.conf;
                SERVERS}
                """.replace("DIR", directory.toString())
                .replace("USER", Cluster.isRoot() ? "user www-data;\n" : "")
                .replace("SERVERS", shops.stream().map(Shop::nginxServer).collect(Collectors.joining()));
    }

    private String supervisordConf() {
        List<String> user = new ArrayList<>();
        if (Cluster.isRoot()) {
            user.add("user=root\n");
        }
        return """
                [unix_http_server]
                file=DIR/supervisor.sock
                [supervisord]
                logfile=DIR/supervisord.log
                pidfile=DIR/supervisord.pid
                childlogdir=DIR/logs
                USER[rpcinterface:supervisor]
                supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
                [supervisorctl]
                serverurl=unix://DIR/supervisor.sock
                [include]
                files=DIR/programs/*.conf
                """.replace("DIR", directory.toString()).replace("USER", String.join("", user));
    }

    @Override
    public void close() {
        supervisord.close();
        // Its workers as well, which are its children.
        List<Long> workers = nginx.pidIfStarted().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
        nginx.close();
        Processes.kill(workers);
        Processes.kill(Processes.within(directory));
    }
}
