package dev.windlass.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerArgumentsTest {
    private static WorkerArguments parse(Map<String, String> environment, String... arguments) {
        return WorkerArguments.parse(arguments, environment);
    }

    @Test
    void takesTheFileFromTheEnvironmentElseFromItsUsualPlace() {
        assertThat(parse(Map.of()).opsFile()).isEqualTo("/etc/windlass/ops.yml");
        assertThat(parse(Map.of("WINDLASS_OPS_FILE", "a.yml")).opsFile()).isEqualTo("a.yml");
    }

    @Test
    void anArgumentWinsAndTheRestGoesToSpring() {
        Map<String, String> environment = Map.of("WINDLASS_OPS_FILE", "a.yml");
        WorkerArguments spaced = parse(environment, "--server.port=0", "--ops", "b.yml");
        assertThat(spaced.opsFile()).isEqualTo("b.yml");
        assertThat(spaced.rest()).containsExactly("--server.port=0");
        assertThat(parse(environment, "--ops=c.yml").opsFile()).isEqualTo("c.yml");
        assertThat(parse(environment, "--windlass.ops-file=d.yml").opsFile()).isEqualTo("d.yml");
    }
}
