package dev.windlass.worker;

import dev.windlass.worker.health.TemporalProbe;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line when Temporal stops answering and one when it answers again. The SDK's pollers would log a stack trace for
 * each try of each thread; they are switched off in application.yml.
 */
final class TemporalWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TemporalWatch.class);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final TemporalProbe temporal;
    private boolean answering = true;
    private long silentSince;

    TemporalWatch(TemporalProbe temporal) {
        this.temporal = temporal;
    }

    void look() {
        switch (temporal.ask(DEADLINE)) {
            case TemporalProbe.Answer.Serving serving -> {
                if (!answering) {
                    LOG.info(
                            "Temporal at {} answers again, after {} s",
                            temporal.address(),
                            Duration.ofNanos(System.nanoTime() - silentSince).toSeconds());
                }
                answering = true;
            }
            case TemporalProbe.Answer.Silent silent -> {
                if (answering) {
                    LOG.warn("Temporal at {} does not answer: {}", temporal.address(), silent.reason());
                    silentSince = System.nanoTime();
                }
                answering = false;
            }
        }
    }
}
