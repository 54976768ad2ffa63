package dev.windlass.activities.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    @Test
    void aThreadThatBreaksIsNotTakenForOneThatIsDone() {
        assertThatThrownBy(() -> Streams.run(List.of(1), 1, stream -> job -> {
                    throw new OutOfMemoryError("as if");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
    }
}
