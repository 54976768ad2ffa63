package dev.windlass.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.kernel.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class PulsedCallTest {
    private static final Progress STILL = Progress.of("waiting");

    @Test
    void thePulseBeatsWhileTheCallBlocks() throws Exception {
        CountDownLatch thirdBeat = new CountDownLatch(3);
        PulsedCall calls = new PulsedCall(R2.context(progress -> thirdBeat.countDown()), Duration.ofMinutes(1));

        assertThat(calls.make(() -> STILL, () -> {
                    thirdBeat.await();
                    return "done";
                }))
                .isEqualTo("done");
    }

    @Test
    void aPulseThatThrowsInterruptsTheCall() {
        CountDownLatch interrupted = new CountDownLatch(1);
        List<Progress> beats = new ArrayList<>();
        PulsedCall calls = new PulsedCall(
                R2.context(progress -> {
                    beats.add(progress);
                    if (beats.size() == 2) {
                        throw new IllegalStateException("cancelled");
                    }
                }),
                Duration.ofMinutes(1));

        assertThatThrownBy(() -> calls.make(() -> STILL, () -> {
                    try {
                        return new CountDownLatch(1).await(1, java.util.concurrent.TimeUnit.HOURS);
                    } catch (InterruptedException stopped) {
                        interrupted.countDown();
                        throw stopped;
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cancelled");
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void aCountThatStandsStillEndsTheCall() {
        PulsedCall calls = new PulsedCall(R2.context(), Duration.ofSeconds(1));

        assertThatThrownBy(() -> calls.make(
                        () -> STILL, () -> new CountDownLatch(1).await(1, java.util.concurrent.TimeUnit.HOURS)))
                .isInstanceOf(PulsedCall.StalledException.class)
                .hasMessage("nothing moved for 1 s");
    }

    @Test
    void whatTheCallThrowsIsItsCause() {
        PulsedCall calls = new PulsedCall(R2.context(), Duration.ofMinutes(1));

        assertThatThrownBy(() -> calls.make(() -> STILL, () -> {
                    throw new IOException("torn");
                }))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("torn");
    }
}
