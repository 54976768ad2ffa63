package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Looks for what production knows, wherever a run could have left it: everywhere but in production. */
final class SyncWitness {
    private static final Duration TIDY = Duration.ofSeconds(15);

    private final SyncRig rig;
    private final Originals originals = new Originals();

    SyncWitness(SyncRig rig) {
        this.rig = rig;
    }

    /** No copy that did not become staging, no definitions, no session and no process. */
    void seesNothingLeft() throws IOException, SQLException {
        assertThat(SyncShop.copies(rig)).as("copies").isEmpty();
        assertThat(Trees.entries(rig.directory.resolve("state/staging-sync")))
                .as("definitions")
                .isEmpty();
        Eventually.holds(
                TIDY,
                "no session is left",
                () -> rig.production.windlassSessions() == 0 && rig.staging.windlassSessions() == 0);
    }

    void findsNoOriginal() throws IOException, SQLException {
        assertThat(Originals.all()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(originals()).as("values of production").isEmpty();
    }

    /**
     * In the files and the log of staging's server, Temporal's own file, every history, the worker's log, what Slack was told, and
     * whatever else lies in the rig's directory.
     */
    Set<String> originals() throws SQLException {
        rig.staging.sql("postgres", "CHECKPOINT");
        Set<String> found = new TreeSet<>(originals.in(rig.directory, rig.directory.resolve("production")));
        found.addAll(originals.in(rig.slack.get("/messages").getBytes(StandardCharsets.UTF_8)));
        found.addAll(inHistories());
        return found;
    }

    private Set<String> inHistories() {
        Set<String> found = new TreeSet<>();
        rig.client
                .listExecutions("")
                .map(run -> rig.client.fetchHistory(
                        run.getExecution().getWorkflowId(), run.getExecution().getRunId()))
                .forEach(history ->
                        found.addAll(originals.in(history.getHistory().toByteArray())));
        return found;
    }

    private static final List<String> PLANTED = List.of(
            Originals.email(7),
            Originals.phone(8),
            Originals.iban(9),
            Originals.jsonKey(10),
            Originals.about(11),
            Originals.street(12));

    Set<String> planted() {
        TreeSet<String> planted = new TreeSet<>();
        PLANTED.forEach(each -> planted.add(each.toLowerCase(Locale.ROOT)));
        return planted;
    }

    /** One in each place: a row of staging, the server's log, a history, a log of the worker's machine, Slack, the scratch directory. */
    void plant() throws IOException, SQLException, InterruptedException {
        rig.staging.sql(
                "apples_staging",
                "CREATE TABLE public.planted AS SELECT chr(113) || '"
                        + PLANTED.get(0).substring(1) + "' AS value");
        rig.staging.sql("postgres", "SELECT '" + PLANTED.get(1) + "'");
        WorkflowStub run = rig.client.newUntypedWorkflowStub(
                "Nothing",
                WorkflowOptions.newBuilder()
                        .setTaskQueue("nobody")
                        .setWorkflowId("planted")
                        .build());
        run.start(PLANTED.get(2));
        assertThat(inHistories()).containsExactly(PLANTED.get(2).toLowerCase(Locale.ROOT));
        run.terminate("it was only planted");
        Files.writeString(
                rig.directory.resolve("worker.log"), PLANTED.get(3) + "\n", java.nio.file.StandardOpenOption.APPEND);
        say(PLANTED.get(4));
        assertThat(originals.in(rig.slack.get("/messages").getBytes(StandardCharsets.UTF_8)))
                .containsExactly(PLANTED.get(4));
        Files.writeString(
                Files.createDirectories(rig.directory.resolve("scratch")).resolve("planted"), PLANTED.get(5));
    }

    private void say(String text) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + rig.slack.port() + "/api/chat.postMessage"))
                                .header("Authorization", "Bearer xoxb-testbed")
                                .header("Content-Type", "application/json; charset=utf-8")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"channel\":\"" + OpsFile.CHANNEL + "\",\"text\":\"" + text + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"ok\":true");
    }
}
