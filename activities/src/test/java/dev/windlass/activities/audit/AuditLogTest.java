package dev.windlass.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.audit.AuditChain;
import dev.windlass.workflows.audit.AuditEntry;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.audit.AuditQuestion;
import dev.windlass.workflows.audit.AuditVerification;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path state;

    @Test
    void everyEntryHoldsTheHashOfTheOneBefore() throws Exception {
        AuditLog log = new AuditLog(state, NOON);
        log.append(event("a"));
        log.append(event("b"));

        List<String> lines = log.lines();
        assertThat(entry(lines.get(0))).isEqualTo(new AuditEntry(1, NOON.instant(), AuditChain.BEGINNING, event("a")));
        assertThat(entry(lines.get(1)).previous()).isEqualTo(AuditChain.hash(lines.get(0)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void anEventStandsInTheLogOnceHoweverOftenItIsWritten() {
        AuditLog log = new AuditLog(state, NOON);
        log.append(event("a"));
        log.append(event("a"));
        new AuditLog(state, NOON).append(event("a"));

        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void twoWorkersKeepOneChain() {
        AuditLog one = new AuditLog(state, NOON);
        AuditLog other = new AuditLog(state, NOON);
        for (int turn = 0; turn < 5; turn++) {
            one.append(event("one " + turn));
            other.append(event("other " + turn));
        }

        assertThat(verify(one)).isEqualTo(new AuditVerification(10, head(one), Optional.empty(), Optional.empty()));
    }

    @Test
    void halfALineThatAPowerCutLeftIsNoEntry() throws Exception {
        AuditLog log = new AuditLog(state, NOON);
        log.append(event("a"));
        Files.writeString(log.file(), "{\"seq", StandardOpenOption.APPEND);

        new AuditLog(state, NOON).append(event("b"));

        assertThat(verify(log).broken()).isEmpty();
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void namesTheFirstBrokenLink() throws Exception {
        AuditLog log = logOf("a", "b", "c", "d");

        List<String> lines = log.lines();
        rewrite(log, List.of(lines.get(0), lines.get(1).replace("\"b\"", "\"x\""), lines.get(2), lines.get(3)));
        assertThat(verify(log).broken()).contains("entry 3: entry 2 is not the one it was written after");

        rewrite(log, List.of(lines.get(0), lines.get(2), lines.get(3)));
        assertThat(verify(log).broken()).contains("entry 2: its number is 3, not 2");

        rewrite(log, List.of(lines.get(0), "nothing", lines.get(2)));
        assertThat(verify(log).broken()).contains("entry 2: it is no entry");
    }

    @Test
    void nothingIsAddedToABrokenChain() throws Exception {
        AuditLog log = logOf("a", "b", "c");
        rewrite(log, log.lines().subList(1, 3));

        assertThatThrownBy(() -> new AuditLog(state, NOON).append(event("d")))
                .hasMessageContaining("the audit log " + log.file() + " is broken at entry 1: its number is 2, not 1\n"
                        + "hint: find out who changed it: windlass audit verify. To go on, move the file away as"
                        + " evidence\nsee: runbooks/audit.md#broken-chain");
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void aLogThatGotShorterWhileAWorkerWasRunningIsBroken() throws Exception {
        AuditLog log = logOf("a", "b", "c");
        rewrite(log, log.lines().subList(0, 1));

        assertThatThrownBy(() -> log.append(event("d")))
                .hasMessageContaining("is broken at entry 3: the log was longer when this worker read it last");
    }

    @Test
    void aStepThatChangesSomethingIsEnteredOnceBeforeItsFirstChange() {
        AuditLog log = new AuditLog(state, NOON);
        AuditingJournal journal = new AuditingJournal(log, EffectJournal.none());
        StepToken step = new StepToken("deploy-1", "run", StepId.of("start"));

        journal.begun(step, new Effect.Sql(Access.READS, "shop", "SELECT 1"));
        assertThat(log.lines()).isEmpty();
        journal.begun(step, new Effect.Sql(Access.CHANGES, "shop", "DROP TABLE t"));
        journal.begun(step, new Effect.Sql(Access.CHANGES, "shop", "DROP TABLE u"));

        assertThat(log.lines()).hasSize(1);
        assertThat(entry(log.lines().getFirst()).event())
                .isEqualTo(new AuditEvent(
                        "deploy-1|run|start|nobody",
                        AuditEvent.Kind.CHANGED,
                        "deploy-1",
                        "run",
                        "windlass",
                        "start",
                        Sorted.copyOf(Map.of("by", "nobody", "first", "shop: DROP TABLE t"))));
    }

    @Test
    void showsTheNewestEntriesOfOneRun() {
        AuditLog log = logOf("a", "b", "c");
        log.append(new AuditEvent("z", AuditEvent.Kind.ENDED, "other", "run", "windlass", "deploy", Sorted.of()));

        AuditPlanningActivitiesImpl planning = new AuditPlanningActivitiesImpl(log, Optional.empty());
        assertThat(planning.list(new AuditQuestion(2, Optional.of("deploy-1"))).entries())
                .extracting(entry -> entry.event().id())
                .containsExactly("b", "c");
        assertThat(planning.list(new AuditQuestion(2, Optional.empty())).entries())
                .extracting(entry -> entry.event().id())
                .containsExactly("c", "z");
    }

    private AuditLog logOf(String... ids) {
        AuditLog log = new AuditLog(state, NOON);
        List.of(ids).forEach(id -> log.append(event(id)));
        return log;
    }

    private static AuditVerification verify(AuditLog log) {
        return new AuditPlanningActivitiesImpl(log, Optional.empty()).verify();
    }

    private static String head(AuditLog log) {
        return AuditChain.hash(log.lines().getLast());
    }

    private static void rewrite(AuditLog log, List<String> lines) throws IOException {
        Files.writeString(log.file(), String.join("\n", lines) + "\n");
    }

    private static AuditEntry entry(String line) {
        try {
            return AuditChain.read(line);
        } catch (IOException unreadable) {
            throw new AssertionError(line, unreadable);
        }
    }

    private static AuditEvent event(String id) {
        return new AuditEvent(id, AuditEvent.Kind.DECIDED, "deploy-1", "run", "ana", "approve", Sorted.of());
    }
}
