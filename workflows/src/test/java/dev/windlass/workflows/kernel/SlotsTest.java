package dev.windlass.workflows.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Effect.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void fillsOnlyTheNamesItKnows() {
        assertThat(Slots.of("set", "s1").fill("sets/{set}/{attempt}/{\"json\":1}"))
                .isEqualTo("sets/s1/{attempt}/{\"json\":1}");
    }

    @Test
    void doesNotFillWhatAValueBringsIn() {
        assertThat(Slots.of("a", "{b}").with("b", "x").fill("{a}")).isEqualTo("{b}");
    }

    @Test
    void reachesEveryPlaceOfACommand() {
        Command planned = new Command(
                Access.CHANGES,
                new HostName("local"),
                List.of("tool", "--set={set}"),
                Sorted.of("NAME", "{set}"),
                Sorted.of("KEY", new SecretReference("file:/keys/{set}")),
                new Channel.OpenedFile("/in/{set}", new SecretReference("file:/keys/{set}")),
                new Channel.SealedFile("/out/{set}", 3, List.of("{set}")));
        assertThat(PayloadJson.canonical(Slots.of("set", "s1").fill(planned))).doesNotContain("{set}");
    }

    @Test
    void findsTheProgramBehindUserAndPriority() {
        Command command = new Command(
                Access.READS,
                new HostName("local"),
                List.of("nice", "-n", "10", "--", "setpriv", "--reuid=x", "--", "/opt/bin/pg_dump", "--", "db"),
                Sorted.of(),
                Sorted.of(),
                new Channel.None(),
                new Channel.None());
        assertThat(command.program()).isEqualTo("pg_dump");
    }
}
