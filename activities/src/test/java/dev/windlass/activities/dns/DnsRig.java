package dev.windlass.activities.dns;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.activities.audit.AuditActivitiesImpl;
import dev.windlass.activities.audit.AuditLog;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.testbed.launch.TestbedProcess;
import dev.windlass.workflows.dns.RecoverDnsPlan;
import dev.windlass.workflows.dns.RecoverDnsPlanWorkflowImpl;
import dev.windlass.workflows.dns.RecoverDnsWorkflowImpl;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two machines on loopback, a double of Cloudflare in front of them, and the real workflow over the real activities. */
final class DnsRig implements AutoCloseable {
    static final String OLD = "127.0.0.2";
    static final String NEW = "127.0.0.3";
    private static final String EDGE = "127.0.0.4";
    private static final String TOKEN = "cloudflare-testbed-token-0123456789abcdef";
    private static final Path TESTBED = Path.of("..", "testbed", "target");

    final RecordedEffects effects = new RecordedEffects();
    final List<String> told = new CopyOnWriteArrayList<>();
    private final Path directory = Files.createTempDirectory("windlass-dns");
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer oldMachine;
    private final HttpServer newMachine;
    private final TestbedProcess cloudflare;
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestServers.options());
    private volatile Optional<StepId> intruding = Optional.empty();
    private volatile Runnable intruder = () -> {};
    volatile int status = 200;

    DnsRig(String... records) throws IOException, InterruptedException {
        oldMachine = machine(OLD, 0, "old");
        newMachine = machine(NEW, port(), "new");
        List<String> arguments = new ArrayList<>(List.of(
                "cloudflare", "--data", directory.resolve("cloudflare").toString(), "--edge", EDGE + ":" + port()));
        for (String record : records) {
            arguments.addAll(List.of("--record", record));
        }
        cloudflare = TestbedProcess.start(classPath(), directory, arguments);
        Operations operations = operations();
        DnsParts parts = new DnsParts(
                operations,
                new EnvironmentSecrets(Map.of("CLOUDFLARE_TOKEN", TOKEN)),
                journal(),
                (request, id) -> Optional.empty(),
                new DnsPatience(Duration.ofMillis(20), 2, Duration.ofMillis(500)));
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(RecoverDnsWorkflowImpl.class, LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(
                new DnsActivitiesImpl(parts),
                new Listening(),
                new AuditActivitiesImpl(new AuditLog(Path.of(operations.state()), Clock.systemUTC())));
        Worker planning = temporal.newWorker(TaskQueues.PLANNING);
        planning.registerWorkflowImplementationTypes(RecoverDnsPlanWorkflowImpl.class);
        planning.registerActivitiesImplementations(new DnsPlanningActivitiesImpl(parts));
        temporal.start();
    }

    private EffectJournal journal() {
        return (token, effect) -> {
            if (intruding.filter(token.step()::equals).isPresent()) {
                intruding = Optional.empty();
                intruder.run();
            }
            effects.begun(token, effect);
        };
    }

    /** Somebody else does something right before a step does its first. */
    void whenAStepBegins(StepId step, Runnable act) {
        intruder = act;
        intruding = Optional.of(step);
    }

    private HttpServer machine(String address, int port, String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.createContext("/health", exchange -> {
            try (exchange) {
                String host = exchange.getRequestHeaders().getFirst("Host");
                byte[] body = ("ok " + name + " " + host).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }

    int port() {
        return oldMachine.getAddress().getPort();
    }

    private static String classPath() throws IOException {
        try (var jars = Files.newDirectoryStream(TESTBED, "windlass-testbed-*.jar")) {
            return jars.iterator().next() + ":" + TESTBED.resolve("lib") + "/*";
        } catch (java.nio.file.NoSuchFileException | NoSuchElementException missing) {
            throw new IOException("the doubles are not built: mvn -pl testbed package", missing);
        }
    }

    private Operations operations() throws IOException {
        Path file = directory.resolve("ops.yml");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "version: 1",
                        "team: Test",
                        "state: " + directory.resolve("state"),
                        "databases: {shop: {}}",
                        "backup:",
                        "  recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]",
                        "dns:",
                        "  zone: example.com",
                        "  token: env:CLOUDFLARE_TOKEN",
                        "  api: " + cloudflare.field("cloudflare") + "/client/v4",
                        "  name_servers: [\"" + cloudflare.field("dns") + "\"]",
                        "  records:",
                        "    - {name: shop.example.com, mode: proxied, check: \"http://shop.example.com:" + port()
                                + "/health\", body: ok new shop.example.com}",
                        "    - {name: files.example.com, mode: direct, check: \"http://files.example.com:" + port()
                                + "/health\"}",
                        "  second: {name: shop.example.net, provider: another one}",
                        ""));
        return switch (OpsFile.read(file)) {
            case OpsFileReading.Accepted accepted -> accepted.operations();
            case OpsFileReading.Refused refused -> throw new AssertionError(refused.text());
        };
    }

    <W> W start(Class<W> workflow, String id, String queue) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        workflow,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(queue)
                                .setWorkflowId(id)
                                .build());
    }

    /** The plan that the run carried out: the last one it made, under the lock. */
    RecoverDnsPlan planOf(String id) {
        return temporal.getWorkflowClient().fetchHistory(id).getEvents().stream()
                .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
                .map(event -> event.getActivityTaskCompletedEventAttributes().getResult())
                .filter(result -> result.getPayloadsList().stream()
                        .anyMatch(payload -> payload.getData().toStringUtf8().contains("\"switching\"")))
                .reduce((earlier, later) -> later)
                .map(result -> PayloadJson.dataConverter()
                        .fromPayloads(0, Optional.of(result), RecoverDnsPlan.class, RecoverDnsPlan.class))
                .orElseThrow();
    }

    String history(String id) {
        return temporal.getWorkflowClient().fetchHistory(id).toJson(true);
    }

    /** {@code shop.example.com A 127.0.0.2 1}, as Cloudflare keeps them. */
    List<String> records() {
        try {
            List<String> lines = new ArrayList<>();
            PayloadJson.mapper()
                    .readTree(send("GET", cloudflare.field("control") + "/records", ""))
                    .forEach(record -> lines.add(record.path("name").asText() + " "
                            + record.path("type").asText() + " "
                            + record.path("content").asText() + " "
                            + record.path("ttl").asInt()));
            return lines;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Somebody else changes a record. */
    void change(int record, String body) {
        send(
                "PATCH",
                cloudflare.field("cloudflare") + "/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records/"
                        + String.format("%032x", record),
                body);
    }

    void order(String match, int times, String action) {
        send(
                "POST",
                cloudflare.field("control") + "/faults",
                "{\"match\":\"%s\",\"times\":%d,\"action\":\"%s\"}".formatted(match, times, action));
    }

    void mend() {
        send("DELETE", cloudflare.field("control") + "/faults", "");
    }

    long changes() {
        return send("GET", cloudflare.field("control") + "/requests", "")
                .lines()
                .filter(line -> line.contains("\"PATCH\""))
                .count();
    }

    private String send(String method, String url, String body) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .header("Authorization", "Bearer " + TOKEN)
                                    .method(method, BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    @Override
    public void close() throws IOException {
        temporal.close();
        cloudflare.close();
        oldMachine.stop(0);
        newMachine.stop(0);
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private final class Listening implements NotifyActivities {
        @Override
        public List<ChannelName> channels() {
            return List.of(ChannelName.SLACK);
        }

        @Override
        public PostReceipt post(NoticeOrder order) {
            told.add(order.notice().headline() + "\n"
                    + String.join("\n", order.notice().lines()));
            return new PostReceipt(order.channel(), "1", PostReceipt.Delivery.POSTED);
        }
    }
}
