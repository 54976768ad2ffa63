package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/**
 * One JSON line per effect, appended right before it is executed: a witness that several workers, and what comes after a
 * killed one, can share. Secrets stand in effects as references only.
 */
public final class JsonLinesJournal implements EffectJournal {
    private final Path file;
    private final Clock clock;

    public JsonLinesJournal(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public void begun(StepToken step, Effect effect) {
        Line line = new Line(
                clock.instant(), step.workflowId(), step.runId(), step.step().value(), effect);
        byte[] bytes = (PayloadJson.canonical(line) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            // A single write in append mode: lines of several processes do not mix.
            channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException unwritable) {
            throw new UncheckedIOException("effect journal " + file + " cannot be written", unwritable);
        }
    }

    /** The form of a line. */
    public record Line(Instant time, String workflowId, String runId, String step, Effect effect) {}
}
