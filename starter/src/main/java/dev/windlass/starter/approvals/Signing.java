package dev.windlass.starter.approvals;

import dev.windlass.runbooks.approvals.ApprovalCommands;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.approvals.Evidence.SshSignature;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** Signs in the name of whoever sits here. The key's bytes are ssh-keygen's affair. */
final class Signing {
    private final Door door;
    private final SigningKeys keys;

    Signing(Door door, Operations operations) {
        this.door = door;
        this.keys = new SigningKeys(door, operations);
    }

    /**
     * @param text what is signed at that moment
     * @return empty when no key of ops.yml is here
     */
    Optional<SshSignature> sign(Optional<Path> key, Function<Instant, String> text) {
        return keys.find(key).map(found -> sign(found, text));
    }

    private SshSignature sign(SigningKeys.Found found, Function<Instant, String> text) {
        Instant at = door.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        SshProgram.Result signed = new SshProgram(door)
                .run(ApprovalCommands.sign(found.file().toString()), text.apply(at), ProcessBuilder.Redirect.INHERIT);
        if (signed.exitCode() != 0) {
            throw new Complaint(
                    "ssh-keygen did not sign with " + found.file() + " (exit code " + signed.exitCode() + ")",
                    "look at what it printed above; load the key into your agent with ssh-add, or name another with --key",
                    "runbooks/approvals.md#no-key",
                    ExitCode.PRECONDITION);
        }
        return new SshSignature(found.person().name(), at, signed.output());
    }
}
