package dev.windlass.activities.stagingsync;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.activities.backup.RedisForTests;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import io.temporal.client.WorkflowFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real PostgreSQL, a real Redis and an app that answers: staging that does not work is what it was again. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StagingSmokeTest {
    @TempDir
    Path directory;

    private RedisForTests redis;
    private HttpServer app;
    private volatile int status = 200;
    private volatile String words = "1.2.3";

    @BeforeEach
    void start() throws IOException {
        redis = RedisForTests.start(directory);
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            byte[] answer = words.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().equals("/health") ? status : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        app.start();
    }

    @AfterEach
    void stop() {
        app.stop(0);
        redis.close();
    }

    /** @param smoke a statement */
    private StagingSyncRig rig(String smoke) {
        StagingSyncRig rig = new StagingSyncRig(
                ", redis: {host: " + directory.resolve(RedisForTests.SOCKET)
                        + ", password: 'env:REDIS_OF_TESTS', database: 1}, app: {address: 'http://127.0.0.1:"
                        + app.getAddress().getPort()
                        + "', health: {path: /health, version_path: /version, successes: 2, interval: 100ms, deadline: 2s}}",
                "",
                ", smoke: [{name: people, sql: \"" + smoke + "\"}]");
        rig.newStaging();
        sql(rig.server(), "COMMENT ON DATABASE " + rig.staging.database() + " IS 'ours'");
        return rig;
    }

    private Failure failsAsThePlanSays(StagingSyncRig rig) {
        PlanEquality equality = new PlanEquality(rig.plan(), Set.of("old-staging"), Set.of(StagingSyncSteps.NOTIFY));
        rig.effects.forget();
        Failure failure = Failure.in(
                        Assertions.catchThrowableOfType(WorkflowFailedException.class, () -> rig.run("smoking")))
                .orElseThrow();
        assertThat(equality.differences(rig.effects.all())).isEmpty();
        return failure;
    }

    private static void requireStagingAsItWas(StagingSyncRig rig) {
        assertThat(value(rig.asTheApp(), "SELECT current_database()"))
                .as("the application gets in")
                .isEqualTo(rig.staging.database());
        assertThat(value(rig.staging, "SELECT words FROM public.old")).isEqualTo("as it was");
        assertThat(value(
                        rig.staging,
                        "SELECT shobj_description(oid, 'pg_database') || ' ' || pg_get_userbyid(datdba) || ' '"
                                + " || datconnlimit FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("ours staging_app 17");
        assertThat(rig.databases()).noneMatch(name -> name.contains("_replaced_"));
        assertThat(rig.leftBehind()).isEmpty();
    }

    @Test
    void stagingThatWorksStays() {
        try (StagingSyncRig rig = rig("SELECT count(*) = 2001 FROM app.users")) {
            StagingSyncOutcome.Synced synced = (StagingSyncOutcome.Synced) rig.run("works");
            assertThat(synced.smoked().orElseThrow()).matches("1 statement true, 2 good answers in a row after .*");
            assertThat(rig.databases()).contains(synced.replaced());
        }
    }

    @Test
    void aStatementThatIsNotTruePutsStagingBack() {
        redis.call("-n", "1", "SET", "a", "1");
        try (StagingSyncRig rig = rig("SELECT count(*) = 7 FROM app.users")) {
            Failure failure = failsAsThePlanSays(rig);
            assertThat(failure.fact())
                    .isEqualTo(
                            "shop-staging does not work with the masked copy: smoke \"people\": expected one row, one"
                                    + " column, true, found not true");
            assertThat(failure.anchor()).isEqualTo("staging-sync.md#smoke");
            requireStagingAsItWas(rig);
            assertThat(redis.call("-n", "1", "DBSIZE")).isEqualTo("0");
            assertThat(rig.everythingTold("smoking")).contains("staging is what it was again");
        }
    }

    @Test
    void aStatementThatIsRefusedTellsNoValue() {
        try (StagingSyncRig rig = rig("SELECT bool_and(email::int > 0) FROM app.users")) {
            assertThat(failsAsThePlanSays(rig).fact()).endsWith("found SQLSTATE 22P02");
            requireStagingAsItWas(rig);
            assertThat(rig.everythingTold("smoking")).doesNotContain("invalid input syntax", "@example.test");
        }
    }

    @Test
    void aStatementWhoseStateMeansALostSnapshotElsewhereTellsNoValueEither() {
        try (StagingSyncRig rig = rig("SELECT bool_and(now() AT TIME ZONE email > '2000-01-01') FROM app.users")) {
            assertThat(failsAsThePlanSays(rig).fact()).endsWith("found SQLSTATE 22023");
            requireStagingAsItWas(rig);
            assertThat(rig.everythingTold("smoking")).doesNotContain("not recognized", "@example.test");
        }
    }

    @Test
    void whatTheAppSaysIsNotTold() {
        words = "Good morning, Jane Real!";
        try (StagingSyncRig rig = rig("SELECT true")) {
            assertThat(failsAsThePlanSays(rig).fact())
                    .contains("/version: status 200, no version in an answer of 24 characters (after ");
            assertThat(rig.everythingTold("smoking")).doesNotContain("Jane Real");
        }
    }

    @Test
    void anAppThatDoesNotAnswerWellPutsStagingBack() {
        status = 500;
        try (StagingSyncRig rig = rig("SELECT true")) {
            assertThat(failsAsThePlanSays(rig).fact())
                    .startsWith("shop-staging does not work with the masked copy: http://127.0.0.1:")
                    .contains("/health: status 500, wanted 200 (after ");
            requireStagingAsItWas(rig);
        }
    }
}
