package dev.windlass.activities.backup;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.kernel.Effect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lines of JSON on standard output for whoever measures from outside. Before each effect it names the effect and waits for
 * a line, so that what comes next can be told from what was.
 */
final class BenchmarkProtocol implements EffectJournal {
    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintStream out = System.out;

    /** The next job; empty at the end of input. */
    Optional<String> next() {
        Optional<String> line = Optional.ofNullable(read());
        HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
        return line;
    }

    @Override
    public void begun(StepToken step, Effect effect) {
        out.println("{\"effect\":\"" + nameOf(effect) + "\"}");
        if (read() == null) {
            throw new IllegalStateException("whoever measures is gone");
        }
    }

    /** @param value what the job has to say */
    void done(String job, long value) {
        // Each pool's peak may have been at another time, so their sum is an upper bound.
        long heap =
                HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        out.println("{\"done\":\"" + job + "\",\"bytes\":" + value + ",\"heap\":" + heap + "}");
    }

    private static String nameOf(Effect effect) {
        return switch (effect) {
            case Effect.Command command ->
                command.program().equals("pg_ctl")
                        ? "pg_ctl " + (command.argv().contains("stop") ? "stop" : "start")
                        : command.program();
            case Effect.Sql sql -> sql.statement().startsWith("BEGIN") ? "hold snapshot" : "read facts";
            case Effect.ObjectCall call ->
                (call.verb() + (call.file().isPresent() ? " file" : " facts")).replace('_', ' ');
            case Effect.HttpCall call -> call.method();
            case Effect.DnsQuery query -> query.type();
        };
    }

    private @Nullable String read() {
        try {
            return in.readLine();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
