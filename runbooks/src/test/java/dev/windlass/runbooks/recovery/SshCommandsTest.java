package dev.windlass.runbooks.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import dev.windlass.workflows.recovery.TargetMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

class SshCommandsTest {
    private final SshCommands ssh = new SshCommands(new TargetMachine("203.0.113.9", 22, "root"));
    private final SshCommands sudo = new SshCommands(new TargetMachine("2001:db8::9", 2222, "deployer"));

    @Test
    void saysWhatAPersonWouldType() {
        assertThat(ssh.close())
                .extracting(SshCommandsTest::words)
                .containsExactly(
                        "ssh -F /{state}/ssh_config -T root@203.0.113.9 systemctl stop windlass-recovery",
                        "ssh -F /{state}/ssh_config -T root@203.0.113.9"
                                + " rm -rf /run/windlass-recovery /run/windlass-recovery-repository"
                                + " /var/lib/windlass-recovery-kit");
    }

    @Test
    void becomesRootWhereSomebodyElseLogsIn() {
        assertThat(words(sudo.reach().getFirst()))
                .isEqualTo("ssh -F /{state}/ssh_config -p 2222 -T deployer@2001:db8::9 sudo -n cat /etc/os-release");
        assertThat(KitEffects.in(step(sudo.sendKit())).send().argv())
                .containsExactly(
                        "sftp",
                        "-q",
                        "-b",
                        "-",
                        "-F",
                        "/{state}/ssh_config",
                        "-P",
                        "2222",
                        "-s",
                        "sudo -n /usr/lib/openssh/sftp-server",
                        "deployer@[2001:db8::9]");
    }

    @Test
    void sendsASecretThroughStandardInputOnly() {
        Command put = (Command) ssh.putSecrets(Authority.PUBLIC).getLast();

        assertThat(put.input())
                .isEqualTo(new Channel.PlainFile("/{state}/" + SshCommands.secret(RecoveryFiles.IDENTITY)));
        assertThat(words(put))
                .isEqualTo("ssh -F /{state}/ssh_config -T root@203.0.113.9" + " install -m 0600 /dev/stdin "
                        + RecoveryFiles.IDENTITY);
        assertThat(ssh.putSecrets(Authority.PRIVATE)).hasSize(5);
    }

    @Test
    void unpacksTheKitUnderItsNameWhenItIsWhole() {
        KitEffects kit = KitEffects.in(step(ssh.sendKit()));

        assertThat(kit.isThere().access()).isEqualTo(Access.READS);
        assertThat(kit.send().input())
                .isEqualTo(new Channel.Text("reput /{state}/kit.tar /var/lib/windlass-recovery-kit/{kit}.tar\n"));
        assertThat(kit.unpack())
                .extracting(SshCommandsTest::words)
                .extracting(line -> line.substring(line.indexOf("root@203.0.113.9") + 17))
                .containsExactly(
                        "tar --extract --file=/var/lib/windlass-recovery-kit/{kit}.tar"
                                + " --one-top-level=/var/lib/windlass-recovery-kit/{kit}.part",
                        "mv --no-target-directory /var/lib/windlass-recovery-kit/{kit}.part"
                                + " /var/lib/windlass-recovery-kit/{kit}",
                        "rm -f /var/lib/windlass-recovery-kit/{kit}.tar");
    }

    @Test
    void opensTheTunnelOnLoopbackOnBothSides() {
        LinkEffects link = LinkEffects.in(step(ssh.link()));

        assertThat(words(link.tunnel()))
                .isEqualTo("ssh -F /{state}/ssh_config -N -T -o ExitOnForwardFailure=yes"
                        + " -R 127.0.0.1:17233:127.0.0.1:{temporal} root@203.0.113.9");
        assertThat(words(link.start())).contains(" systemd-run --unit=windlass-recovery --collect ");
    }

    private static Step step(List<Effect> effects) {
        return Step.of(StepId.of("test"), "Test", effects);
    }

    private static String words(Effect effect) {
        return String.join(" ", ((Command) effect).argv());
    }
}
