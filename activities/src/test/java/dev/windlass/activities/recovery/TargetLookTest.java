package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.InputWatch;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.TargetSeen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetLookTest {
    private static final Manifest MANIFEST = new Manifest(
            Manifest.FORMAT,
            new SetId("20261129T030000Z-1f3a09bc"),
            Instant.parse("2026-11-29T03:02:00Z"),
            "backup",
            new PlanDigest("v1:" + "0".repeat(64)),
            List.of(new DatabaseSummary(
                    new DatabaseName("shop"), "15.18", Instant.parse("2026-11-29T03:00:00Z"), 4, 100, 4_000_000_000L)),
            List.of(),
            List.of(),
            Stream.of(Artefact.Kind.DUMP, Artefact.Kind.GLOBALS, Artefact.Kind.FACTS)
                    .map(kind -> new Artefact(kind, "shop", "sets/of/" + kind, 0, 0, "0".repeat(64)))
                    .toList(),
            List.of());

    @TempDir
    private Path directory;

    /** What each program prints. */
    private final Map<String, List<String>> printed = new HashMap<>(Map.of(
            "cat", List.of("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"", "ID=debian"),
            "df", List.of("       Avail Mounted on", "6073741825 /"),
            "pgrep", List.of(),
            "find", List.of()));

    private TargetSeen look() {
        Shell shell = new Shell() {
            @Override
            public CommandResult run(Command command, StepContext context, InputWatch watch) {
                List<String> lines = printed.getOrDefault(command.program(), List.of());
                int code = command.program().equals("pgrep") && lines.isEmpty() ? 1 : 0;
                return new CommandResult(command.program(), code, lines, List.of(), Optional.empty());
            }

            @Override
            public int fence(StepContext context) {
                return 0;
            }
        };
        RecoveryPlaces places = new RecoveryPlaces(
                "/var/backups/windlass",
                directory.toString(),
                "/etc/postgresql",
                "/var/lib/postgresql",
                "/run/postgresql",
                5432,
                new SecretReference("file:/identity"),
                "/run/repository");
        Step step = new PlanOfRecoverVps(places, MANIFEST)
                .plan(VpsClaimsTest.request("ana", Claiming.IF_FREE))
                .plan()
                .step(RecoverVpsSteps.LOOK);
        StepToken token = new StepToken("recover-vps", "run", step.id());
        return new TargetLook(shell, places, new StepContext(token, progress -> {}, EffectJournal.none()))
                .look(step, MANIFEST);
    }

    @Test
    void aBareMachineWithRoomIsTaken() {
        assertThat(look())
                .isEqualTo(new TargetSeen("Debian GNU/Linux 12 (bookworm)", 6_073_741_825L, TargetSeen.Earlier.NONE));
    }

    @Test
    void whereADatabaseLivesNothingIsTouched() {
        printed.put("pgrep", List.of("812 /usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main"));
        printed.put("find", List.of("/var/lib/postgresql/15/main/PG_VERSION"));

        assertThatThrownBy(this::look)
                .hasMessageContaining("the new machine is not bare: process 812 /usr/lib/postgresql/15/bin/postgres -D"
                        + " /var/lib/postgresql/15/main runs; /var/lib/postgresql/15/main/PG_VERSION is there\nhint: ");
    }

    @Test
    void whatAnAttemptBeforeHasLeftIsItsOwn() throws IOException {
        printed.put("find", List.of("/var/lib/postgresql/15/main/PG_VERSION"));
        Files.createFile(directory.resolve("unfinished"));

        assertThat(look().earlier()).isEqualTo(TargetSeen.Earlier.LEFT);
    }

    @Test
    void aSmallDiskIsRefusedBeforeAnythingIsTouched() {
        printed.put("df", List.of("       Avail Mounted on", "6073741823 /"));

        assertThatThrownBy(this::look)
                .hasMessageContaining("the set needs 6.1 GB on the new machine, and 6.1 GB are free");
    }

    @Test
    void anotherSystemIsRefused() {
        printed.put("cat", List.of("PRETTY_NAME=\"Alpine Linux v3.20\"", "ID=alpine"));

        assertThatThrownBy(this::look).hasMessageContaining("the new machine runs Alpine Linux v3.20, and only Debian");
    }
}
