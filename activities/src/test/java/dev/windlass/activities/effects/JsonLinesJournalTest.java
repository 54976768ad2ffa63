package dev.windlass.activities.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesJournalTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final StepToken STEP = new StepToken("backup", "run-1", StepId.of("record"));

    @TempDir
    Path directory;

    @Test
    void appendsOneLinePerEffectForAllWritersOfAFile() throws IOException {
        Path file = directory.resolve("effects.jsonl");
        Effect first = new Effect.Sql(Access.CHANGES, "windlass", "SELECT 1");
        Effect second = new Effect.Sql(Access.READS, "windlass", "SELECT\n2");

        journal(file).begun(STEP, first);
        journal(file).begun(STEP, second);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .isEqualTo("{\"effect\":{\"effect\":\"sql\",\"access\":\"CHANGES\",\"connection\":\"windlass\","
                        + "\"statement\":\"SELECT 1\"},\"runId\":\"run-1\",\"step\":\"record\","
                        + "\"time\":\"2026-11-24T03:00:00Z\",\"workflowId\":\"backup\"}");
        assertThat(PayloadJson.read(lines.getLast(), JsonLinesJournal.Line.class))
                .isEqualTo(new JsonLinesJournal.Line(NOW, "backup", "run-1", "record", second));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static JsonLinesJournal journal(Path file) {
        return new JsonLinesJournal(file, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
