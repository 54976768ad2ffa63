package dev.windlass.activities.dns;

import static dev.windlass.activities.dns.DnsRig.NEW;
import static dev.windlass.activities.dns.DnsRig.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.dns.DnsPace;
import dev.windlass.workflows.dns.DnsSteps;
import dev.windlass.workflows.dns.RecoverDnsOutcome;
import dev.windlass.workflows.dns.RecoverDnsOutcome.Switched;
import dev.windlass.workflows.dns.RecoverDnsPlanWorkflow;
import dev.windlass.workflows.dns.RecoverDnsRequest;
import dev.windlass.workflows.dns.RecoverDnsWorkflow;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.TaskQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real run against a double that refuses what Cloudflare refuses, and answers for its names. */
@Tag("integration")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoverDnsTest {
    private static final List<String> BEFORE = List.of(
            "shop.example.com A " + OLD + " 1", "files.example.com A " + OLD + " 3600", "shop.example.com TXT x 1");

    private static DnsRig rig;
    private static int runs;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        rig = new DnsRig(
                "A shop.example.com " + OLD + " proxied",
                "A files.example.com " + OLD + " 3600",
                "TXT shop.example.com x auto");
    }

    @AfterAll
    static void stop() throws IOException {
        rig.close();
    }

    @BeforeEach
    void asBefore() {
        rig.mend();
        rig.status = 200;
        rig.change(1, "{\"content\":\"" + OLD + "\"}");
        rig.change(2, "{\"content\":\"" + OLD + "\",\"ttl\":3600}");
        rig.effects.forget();
        rig.told.clear();
        assertThat(rig.records()).isEqualTo(BEFORE);
    }

    @Test
    void leadsProxiedAndDirectNamesElsewhereAndBackAsThePlanSays() throws IOException {
        Plan plan = rig.start(RecoverDnsPlanWorkflow.class, "planned", TaskQueues.PLANNING)
                .plan(to(NEW));
        assertThat(rig.records()).isEqualTo(BEFORE);

        String run = next();
        Switched there = (Switched) recover(run, to(NEW));

        assertThat(there.problems()).isEmpty();
        assertThat(there.digest()).isEqualTo(plan.digest());
        assertThat(rig.records())
                .containsExactly(
                        "shop.example.com A " + NEW + " 1",
                        "files.example.com A " + NEW + " 60",
                        "shop.example.com TXT x 1");
        requireEqual(run);
        assertThat(rig.told).singleElement().asString().contains("2 records led elsewhere", "--back " + run);
        assertThat(recover(next(), to(NEW))).isEqualTo(new RecoverDnsOutcome.AlreadyThere("example.com"));

        String back = next();
        rig.effects.forget();
        rig.status = 500;
        Switched returned = (Switched) recover(
                back,
                new RecoverDnsRequest(
                        List.of(), Optional.of(run), DnsPace.AT_ONCE, new Requester("test", Optional.empty())));

        assertThat(rig.records()).isEqualTo(BEFORE);
        requireEqual(back);
        assertThat(returned.problems())
                .as("a machine that does not answer is told of, and keeps nobody from going back")
                .allMatch(problem -> problem.contains("status 500, wanted 200"))
                .hasSize(2);
        assertThat(rig.history(run) + rig.history(back)).doesNotContain("cloudflare-testbed-token");
        keepHistory(run);
    }

    /** For the replay test of the workflows module: copied there by hand with each release. */
    private static void keepHistory(String run) throws IOException {
        Path directory = Files.createDirectories(Path.of("target/histories"));
        Files.writeString(directory.resolve("recover-dns.json"), rig.history(run));
    }

    @Test
    void aChangeWhoseAnswerWasLostIsNotMadeAgain() {
        rig.order("PATCH ", 1, "drop-answer");
        rig.whenAStepBegins(DnsSteps.SWITCH, () -> {
            rig.order("PATCH .*1$", 1, "drop-answer");
            // The attempt cannot see what became of it either, as when its process has died.
            rig.order("GET .*/dns_records/[0-9a-f]+2$", 1, "status 503");
        });
        long before = rig.changes();

        assertThat(((Switched) recover(next(), to(NEW))).problems()).isEmpty();

        assertThat(rig.changes() - before).as("TTL, and both addresses").isEqualTo(3);
        assertThat(rig.records()).contains("shop.example.com A " + NEW + " 1", "files.example.com A " + NEW + " 60");
    }

    @Test
    void aRecordThatSomebodyElseHasChangedStopsItAndStaysTheirs() {
        rig.whenAStepBegins(DnsSteps.SWITCH, () -> rig.change(1, "{\"content\":\"192.0.2.1\"}"));

        Failure failure = failureOf(to(NEW));

        assertThat(failure.message())
                .isEqualTo("record shop.example.com A is 192.0.2.1 (proxied) now, which is neither what it was nor what"
                        + " this run makes of it\nhint: see who has changed it, then start this again\n"
                        + "see: runbooks/recover-dns.md#changed");
        assertThat(rig.records()).startsWith("shop.example.com A 192.0.2.1 1", "files.example.com A " + OLD + " 3600");
        assertThat(rig.told)
                .singleElement()
                .asString()
                .contains("left alone, since somebody else has changed them: shop.example.com A is 192.0.2.1");
    }

    @Test
    void aTokenThatMayNotWriteIsToldAndNothingIsChanged() {
        rig.order("PATCH ", 0, "status 403");

        Failure failure = failureOf(to(NEW));

        assertThat(failure.type()).isEqualTo(FailureType.DNS_REFUSED);
        assertThat(failure.fact()).isEqualTo("Cloudflare refuses the token env:CLOUDFLARE_TOKEN: 10013 ordered fault");
        assertThat(rig.records()).isEqualTo(BEFORE);
    }

    @Test
    void waitsWhereCloudflareAsksForFewerRequests() {
        rig.order("GET /client/v4/zones", 1, "status 429");

        assertThat(((Switched) recover(next(), to(NEW))).problems()).isEmpty();
    }

    @Test
    void namesTheOtherPathWhileTheApiIsDown() {
        rig.order(".", 0, "status 503");

        Failure failure = failureOf(to(NEW));

        assertThat(failure.message())
                .isEqualTo("Cloudflare's API does not answer: HTTP 503\nhint: in the meantime lead shop.example.net to"
                        + " the new address by hand, at another one, and tell people that name; this goes on when the"
                        + " API is back\nsee: runbooks/recover-dns.md#api-down");
    }

    @Test
    void leadsNobodyToAMachineThatIsNotWell() {
        rig.status = 502;

        Failure failure = failureOf(to(NEW));

        assertThat(failure.type()).isEqualTo(FailureType.PRECONDITION);
        assertThat(failure.fact())
                .isEqualTo("the new address does not answer as it should: http://shop.example.com:" + rig.port()
                        + "/health at 127.0.0.3: status 502, wanted 200; http://files.example.com:" + rig.port()
                        + "/health at 127.0.0.3: status 502, wanted 200; no record leads there");
        assertThat(failureOf(to("127.0.0.9")).fact()).contains("/health at 127.0.0.9: nobody listens there");
        assertThat(rig.records()).isEqualTo(BEFORE);
    }

    @Test
    void refusesARunThatIsNotKnownAndAnAddressOfTheOtherType() {
        assertThat(failureOf(new RecoverDnsRequest(
                                List.of(),
                                Optional.of("nowhere"),
                                DnsPace.AT_ONCE,
                                new Requester("test", Optional.empty())))
                        .fact())
                .startsWith("run nowhere left no record of what it changed on this machine");
        assertThat(failureOf(to("2001:db8::7")).fact())
                .isEqualTo("no address is given for shop.example.com A, files.example.com A");
    }

    @Test
    void refusesRecordsThatAreNotWhatOpsYmlSays() throws IOException, InterruptedException {
        try (DnsRig strange = new DnsRig(
                "CNAME shop.example.com other.example.net proxied",
                "A files.example.com " + OLD + " proxied",
                "A files.example.com 192.0.2.1 proxied",
                "AAAA files.example.com 2001:db8::1 auto")) {
            Throwable thrown =
                    catchThrowable(() -> strange.start(RecoverDnsPlanWorkflow.class, "strange", TaskQueues.PLANNING)
                            .plan(to(NEW)));

            assertThat(Failure.in(thrown).map(Failure::fact))
                    .contains(
                            "the records of zone example.com are not what ops.yml says: shop.example.com is a CNAME of"
                                    + " other.example.net; files.example.com AAAA is there too, and ops.yml does not name it;"
                                    + " files.example.com A stands 2 times, 127.0.0.2 (proxied) and 192.0.2.1 (proxied)");
        }
    }

    private static RecoverDnsRequest to(String address) {
        return new RecoverDnsRequest(
                List.of(new Address(address)),
                Optional.empty(),
                DnsPace.AT_ONCE,
                new Requester("test", Optional.empty()));
    }

    private static String next() {
        return "recover-dns-" + ++runs;
    }

    private static RecoverDnsOutcome recover(String id, RecoverDnsRequest request) {
        return rig.start(RecoverDnsWorkflow.class, id, TaskQueues.RUNS).run(request);
    }

    private static Failure failureOf(RecoverDnsRequest request) {
        Throwable thrown = catchThrowable(() -> recover(next(), request));
        assertThat(thrown).isNotNull();
        return Failure.in(thrown).orElseThrow(() -> new AssertionError(thrown));
    }

    private static void requireEqual(String run) {
        PlanEquality equality = new PlanEquality(rig.planOf(run).plan(), Set.of());
        assertThat(equality.differences(rig.effects.all())).isEmpty();
        assertThat(equality.missing(rig.effects.all())).isEmpty();
    }
}
