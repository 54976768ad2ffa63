package dev.windlass.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.recovery.DatabasesFrom;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Purpose;
import dev.windlass.workflows.recovery.TargetMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchArgumentsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/ana", "USER", "ana");

    @Test
    void needsAMachineACredentialAndAReason() {
        LaunchArguments all = parse("203.0.113.9", "--credential", "/r.env", "--break-glass", "the disk is gone");

        assertThat(all.target()).isEqualTo(new TargetMachine("203.0.113.9", 22, "root"));
        assertThat(all.credential()).isEqualTo(Path.of("/r.env"));
        assertThat(all.reason()).isEqualTo("the disk is gone");
        assertThat(all.person()).isEqualTo("ana");
        assertThat(all.claiming()).isEqualTo(Claiming.IF_FREE);
        assertThat(all.purpose()).isEqualTo(Purpose.RECOVERY);
        assertThat(all.budget()).isEqualTo(Duration.ofHours(1));
        assertThat(all.state()).isEqualTo(Path.of("/home/ana/.local/state/windlass/recover-vps"));
        assertThat(all.form()).isEqualTo(LaunchArguments.Form.TEXT);
    }

    @Test
    void takesUserAndPortAndEveryOption() {
        String fingerprint = "SHA256:" + "a".repeat(43);
        LaunchArguments all = parse(
                "deployer@[2001:db8::9]:2222",
                "--credential=/r.env",
                "--break-glass=gone",
                "--set",
                "20261129T030000Z-ab12cd34",
                "--host-key",
                fingerprint,
                "--ssh-key=/k",
                "--take-over",
                "--rehearse",
                "--budget",
                "90m",
                "--person",
                "ben",
                "--state",
                "/s",
                "--json");

        assertThat(all.target()).isEqualTo(new TargetMachine("2001:db8::9", 2222, "deployer"));
        assertThat(all.set()).contains(new SetId("20261129T030000Z-ab12cd34"));
        assertThat(all.hostKey()).contains(fingerprint);
        assertThat(all.sshKey()).contains(Path.of("/k"));
        assertThat(all.claiming()).isEqualTo(Claiming.TAKE_OVER);
        assertThat(all.purpose()).isEqualTo(Purpose.REHEARSAL);
        assertThat(all.budget()).isEqualTo(Duration.ofMinutes(90));
        assertThat(all.person()).isEqualTo("ben");
        assertThat(all.state()).isEqualTo(Path.of("/s"));
        assertThat(all.form()).isEqualTo(LaunchArguments.Form.JSON);
    }

    @Test
    void theDatabasesComeFromTheClusterUnlessSomethingElseIsSaid() {
        assertThat(from().from()).isEqualTo(DatabasesFrom.CLUSTER_FIRST);
        assertThat(from("--databases-from-set").from()).isEqualTo(DatabasesFrom.SET);
        assertThat(from("--set", "20261129T030000Z-ab12cd34").from()).isEqualTo(DatabasesFrom.SET);
        LaunchArguments moment = from("--set", "20261129T030000Z-ab12cd34", "--to", "2026-11-29T16:05:00+02:00");
        assertThat(moment.from()).isEqualTo(DatabasesFrom.CLUSTER_FIRST);
        assertThat(moment.to()).contains(Instant.parse("2026-11-29T14:05:00Z"));
    }

    private static LaunchArguments from(String... words) {
        List<String> all = new ArrayList<>(List.of("h", "--credential", "/r.env", "--break-glass", "gone"));
        all.addAll(List.of(words));
        return LaunchArguments.parse(all, ENVIRONMENT);
    }

    @Test
    void saysWhatIsWrong() {
        assertRefused("the machine to recover onto is missing", "--credential", "/r.env", "--break-glass", "gone");
        assertRefused("--credential is missing", "h", "--break-glass", "gone");
        assertRefused("--break-glass is missing: say why the machine is recovered", "h", "--credential", "/r.env");
        assertRefused("--break-glass needs a value", "h", "--break-glass", "  ");
        assertRefused("unknown option --fast", "h", "--fast");
        assertRefused("one machine is recovered at a time, and \"g\" is a second one", "h", "g");
        assertRefused("\"1d\" is not a time such as 45m or 2h", "h", "--budget", "1d");
        assertRefused("\"abc\" is not a host key such as SHA256: and 43 more", "h", "--host-key", "abc");
        assertRefused("\"noon\" is not a moment such as 2026-11-29T14:05:00Z", "h", "--to", "noon");
        assertRefused(
                "--to and --databases-from-set say different things",
                "h",
                "--to",
                "2026-11-29T14:05:00Z",
                "--databases-from-set");
        assertRefused("\"a b\" is not the name or address of a machine", "a b");
    }

    private static void assertRefused(String fact, String... words) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOfSatisfying(
                        LaunchRefusedException.class,
                        refused -> assertThat(refused.exitCode()).isEqualTo(2))
                .hasMessage("error: " + fact + "\nhint: windlass recover vps --help");
    }

    private static LaunchArguments parse(String... words) {
        return LaunchArguments.parse(new ArrayList<>(List.of(words)), ENVIRONMENT);
    }
}
