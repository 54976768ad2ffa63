package dev.windlass.runbooks.approvals;

import dev.windlass.runbooks.config.Person;
import dev.windlass.runbooks.config.SshPublicKey;
import dev.windlass.workflows.approvals.SignedText;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StepId;
import java.util.List;

/** What signing and verifying types: ssh-keygen(1), "-Y sign" and "-Y verify"; OpenSSH 8.2 or newer. */
public final class ApprovalCommands {
    /** The step that looks at evidence, of whichever run. */
    public static final StepId VERIFY = StepId.of("verify");

    private static final HostName HERE = new HostName("local");

    private ApprovalCommands() {}

    /**
     * The text comes on standard input, the signature goes to standard output.
     *
     * @param key a private key, or the public half of one that the agent holds
     */
    public static Command sign(String key) {
        return command(
                List.of("ssh-keygen", "-Y", "sign", "-q", "-n", SignedText.NAMESPACE, "-f", key), new Channel.None());
    }

    /** Which keys the agent holds. */
    public static Command listAgent() {
        return command(List.of("ssh-add", "-L"), new Channel.None());
    }

    /**
     * @param allowedSigners a file with {@link #allowedSigner}
     * @param signature a file with what ssh-keygen signed
     */
    public static Command verify(PersonName person, String allowedSigners, String signature, String text) {
        return command(
                List.of(
                        "ssh-keygen",
                        "-Y",
                        "verify",
                        "-f",
                        allowedSigners,
                        "-I",
                        person.value(),
                        "-n",
                        SignedText.NAMESPACE,
                        "-s",
                        signature),
                new Channel.Text(text));
    }

    /** One line of ssh-keygen's "ALLOWED SIGNERS". A name has none of the letters that make a pattern there. */
    public static String allowedSigner(Person person, SshPublicKey key) {
        return person.name() + " namespaces=\"" + SignedText.NAMESPACE + "\" " + key + "\n";
    }

    private static Command command(List<String> argv, Channel input) {
        return new Command(Access.READS, HERE, argv, Sorted.of(), Sorted.of(), input, new Channel.None());
    }
}
