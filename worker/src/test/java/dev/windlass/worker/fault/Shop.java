package dev.windlass.worker.fault;

import dev.windlass.workflows.kernel.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One app of the host, with an nginx server and two slots of its own. */
final class Shop {
    private static final Pattern SERVER = Pattern.compile("server 127\\.0\\.0\\.1:(\\d+);");

    final String name;
    final Path host;
    final int blue = Ports.free();
    final int green = Ports.free();
    final int http = Ports.free();

    /** {@code guarded} where people are asked first. */
    final String environment;

    /** Under {@code databases}; empty where the app does not migrate. */
    String database = "";

    private String versionBefore = "v0";

    Shop(String name, Path host) {
        this.name = name;
        this.host = host;
        this.environment = name.startsWith("guarded") ? "guarded" : "prod";
    }

    void create() throws IOException {
        for (String each : List.of("artefacts", "signs")) {
            Files.createDirectories(directory().resolve(each));
        }
        Files.writeString(upstreamFile(), "upstream " + upstream() + " { server 127.0.0.1:" + green + "; }\n");
    }

    Path directory() {
        return host.resolve("apps").resolve(name);
    }

    Path upstreamFile() {
        return host.resolve("upstreams").resolve(name + ".conf");
    }

    /** What the product writes before it renames it. */
    Path nextUpstreamFile() {
        return host.resolve("upstreams").resolve(name + ".conf.next");
    }

    Path nextRecord() {
        return directory().resolve("shop/releases.json.next");
    }

    Path sign(String version, String sign) {
        return directory().resolve("signs").resolve(version + "." + sign);
    }

    Path artefact(String version) {
        return directory().resolve("artefacts/" + version + ".tar.gz");
    }

    void build(String version, int paddingBytes) throws IOException {
        Path source = Files.createTempDirectory(host, "source");
        Files.copy(Path.of("src/test/apps/app.py"), source.resolve("app.py"));
        byte[] padding = new byte[paddingBytes];
        new Random(7).nextBytes(padding);
        Files.write(source.resolve("padding"), padding);
        Host.run(List.of("tar", "-czf", artefact(version).toString(), "-C", source.toString(), "."));
        Trees.delete(source);
    }

    /** What is deployed from here on must be on the disk already, or be built anew. */
    void forgetArtefacts() throws IOException {
        Trees.delete(directory().resolve("artefacts"));
        Files.createDirectory(directory().resolve("artefacts"));
    }

    /** What a rollback goes to. */
    String versionBefore() {
        return versionBefore;
    }

    void remember(String version) {
        versionBefore = version;
    }

    String url(String path) {
        return "http://127.0.0.1:" + http + path;
    }

    /** The port that nginx sends traffic to, as its file says. */
    int servingPort() throws IOException {
        Matcher server = SERVER.matcher(Files.readString(upstreamFile(), StandardCharsets.UTF_8));
        if (!server.find()) {
            throw new IOException("no server in " + upstreamFile());
        }
        return Integer.parseInt(server.group(1));
    }

    String service(int port) {
        return "windlass-" + name + "-" + environment + "-" + (port == blue ? "blue" : "green");
    }

    int other(int port) {
        return port == blue ? green : blue;
    }

    private String upstream() {
        return name.replace('-', '_') + "_prod";
    }

    String nginxServer() {
        return """
                server {
                  listen 127.0.0.1:%d backlog=512;
                  access_log %s/logs/%s.log windlass;
                  location / { proxy_pass http://%s; }
                }
                """.formatted(http, host, name, upstream());
    }

    Path migrations() {
        return directory().resolve("migrations");
    }

    /** @param user the system user it runs as */
    String opsYml(String user) {
        List<String> lines = new ArrayList<>(List.of(
                "  " + name + ":",
                "    environments:",
                "      " + environment + ":",
                "        target: process",
                "        artefacts: " + directory().resolve("artefacts"),
                "        directory: " + directory().resolve("shop"),
                "        command: [/usr/bin/python3, app.py]",
                "        user: " + user,
                "        environment: {SIGNS: " + directory().resolve("signs") + "}",
                "        ports: [" + blue + ", " + green + "]",
                "        supervisor: supervisord",
                "        supervisord: {config: " + host.resolve("supervisord.conf") + ", programs: "
                        + host.resolve("programs") + "}",
                "        nginx:",
                "          upstream: " + upstream(),
                "          upstream_file: " + upstreamFile(),
                "          config: " + host.resolve("nginx.conf"),
                "          log: " + host.resolve("logs/" + name + ".log"),
                "          check: " + url("/api/version"),
                "        health: {path: /api/health, version_path: /api/version, successes: 2, interval: 100ms, deadline: "
                        + (name.matches("undo-(start|\\d)|guarded-ill") ? "6s" : "90s") + "}",
                "        drain: {requests: 1s, websockets: " + (name.equals("drain") ? "60s" : "1s") + "}",
                "        watch: {for: " + (name.equals("watch") ? "8s" : "2s")
                        + ", errors: 1%, p95: 5s, least_requests: 20}"));
        if (!database.isEmpty()) {
            // The test holds them for longer than traffic would bear.
            lines.add("        migrations: {tool: sql, database: " + database + ", directory: " + migrations()
                    + ", lock_timeout: 10m, backup_age: 24h}");
        }
        return String.join("\n", lines) + "\n";
    }
}
