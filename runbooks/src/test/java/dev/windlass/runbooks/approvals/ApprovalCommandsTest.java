package dev.windlass.runbooks.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Person;
import dev.windlass.runbooks.config.SshPublicKey;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.PersonName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovalCommandsTest {
    private static final SshPublicKey KEY = SshPublicKey.find(
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILIvrvUApL6eJtBre3IVLKcUoodyVh5ZChWdKYWNgCKJ ana@laptop")
            .orElseThrow();

    @Test
    void verifyingReadsOnlyAndTakesTheTextFromItsInput() {
        assertThat(ApprovalCommands.verify(new PersonName("ana"), "/d/allowed", "/d/signature", "text"))
                .matches(command -> command.access() == Access.READS)
                .matches(command -> command.input().equals(new Channel.Text("text")))
                .extracting(command -> String.join(" ", command.argv()))
                .isEqualTo("ssh-keygen -Y verify -f /d/allowed -I ana -n windlass -s /d/signature");
    }

    @Test
    void aSignerMaySignForThisNamespaceOnly() {
        Person ana = new Person(new PersonName("ana"), Optional.empty(), Optional.of(KEY));
        assertThat(ApprovalCommands.allowedSigner(ana, KEY))
                .isEqualTo("ana namespaces=\"windlass\" ssh-ed25519"
                        + " AAAAC3NzaC1lZDI1NTE5AAAAILIvrvUApL6eJtBre3IVLKcUoodyVh5ZChWdKYWNgCKJ\n");
    }

    @Test
    void aSignatureGoesToStandardOutput() {
        assertThat(String.join(" ", ApprovalCommands.sign("/home/ana/.ssh/id").argv()))
                .isEqualTo("ssh-keygen -Y sign -q -n windlass -f /home/ana/.ssh/id");
    }
}
