package dev.windlass.activities.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamsTest {
    @Test
    void everyJobIsDoneOnce() throws Exception {
        Queue<Integer> done = new ConcurrentLinkedQueue<>();
        Streams.run(List.of(1, 2, 3, 4, 5), 3, stream -> done::add);
        assertThat(done).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void whatIsRefusedIsThrown() {
        Tripped tripped = new Tripped("app.users", Tripwire.Kind.EMAIL);
        assertThatThrownBy(() -> Streams.run(List.of(1, 2), 2, stream -> job -> {
                    throw tripped;
                }))
                .isSameAs(tripped);
    }

    /** The step was interrupted, and all sessions ended, while this stream was still connecting. */
    @Test
    void aSessionThatIsOpenedAfterTheEndIsEndedAtOnce() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Streams.run(List.of(1), 1, stream -> {
                    waitFor(ended);
                    stream.keep(endingWith(aborted));
                    return job -> {};
                }))
                .hasMessage("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        ended.countDown();

        assertThat(aborted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static Connection endingWith(CountDownLatch aborted) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("abort")) {
                        aborted.countDown();
                        return null;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void aThreadThatBreaksIsNotTakenForOneThatIsDone() {
        assertThatThrownBy(() -> Streams.run(List.of(1), 1, stream -> job -> {
                    throw new OutOfMemoryError("as if");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
    }
}
