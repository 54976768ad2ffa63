package dev.windlass.activities.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.stagingsync.WaitingBuilds.Build;
import dev.windlass.activities.stagingsync.WaitingBuilds.Sharing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitingBuildsTest {
    private static final String USERS = "app.users";
    private static final String EVENTS = "app.events";

    @Test
    void theLargestTableIsBegunFirstAndEachIsGivenOnce() throws Exception {
        Build users = alone("users_pkey", USERS);
        Build events = alone("events_pkey", EVENTS);
        WaitingBuilds waiting = new WaitingBuilds(List.of(users, events), Map.of(USERS, 1L, EVENTS, 2L));

        assertThat(waiting.take()).contains(events);
        assertThat(waiting.take()).contains(users);
        assertThat(waiting.take()).isEmpty();
    }

    @Test
    void twoIndexesOfATableAreMadeSideBySide() throws Exception {
        Build one = shared("one", USERS);
        Build other = shared("other", USERS);
        WaitingBuilds waiting = new WaitingBuilds(List.of(one, other), Map.of());

        assertThat(waiting.take()).contains(one);
        assertThat(waiting.take()).contains(other);
    }

    @Test
    void aKeyWaitsForWhatElseItsTableGetsAndAnotherTableIsTakenMeanwhile() throws Exception {
        Build index = shared("an index", USERS);
        Build key = alone("users_pkey", USERS);
        Build events = alone("events_pkey", EVENTS);
        WaitingBuilds waiting = new WaitingBuilds(List.of(index, key, events), Map.of());

        assertThat(waiting.take()).contains(index);
        assertThat(waiting.take()).contains(events);
        CompletableFuture<Optional<Build>> third = taking(waiting);
        waiting.done(events);
        assertThat(third).isNotDone();
        waiting.done(index);
        assertThat(third.get(30, TimeUnit.SECONDS)).contains(key);
    }

    @Test
    void whatNamesNoTableIsMadeAlone() throws Exception {
        Build unknown = new Build(entry("unknown"), Optional.empty(), Sharing.ALONE);
        Build users = shared("an index", USERS);
        WaitingBuilds waiting = new WaitingBuilds(List.of(users, unknown), Map.of(USERS, 9L));

        assertThat(waiting.take()).contains(unknown);
        CompletableFuture<Optional<Build>> second = taking(waiting);
        assertThat(second).isNotDone();
        waiting.done(unknown);
        assertThat(second.get(30, TimeUnit.SECONDS)).contains(users);
    }

    private static CompletableFuture<Optional<Build>> taking(WaitingBuilds waiting) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return waiting.take();
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        });
    }

    private static Build alone(String name, String table) {
        return new Build(entry(name), Optional.of(table), Sharing.ALONE);
    }

    private static Build shared(String name, String table) {
        return new Build(entry(name), Optional.of(table), Sharing.SHARED);
    }

    private static SchemaText.Entry entry(String name) {
        return new SchemaText.Entry("INDEX", name, "");
    }
}
