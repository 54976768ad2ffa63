package dev.windlass.activities.approvals;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Person;
import dev.windlass.runbooks.config.SshPublicKey;
import dev.windlass.workflows.approvals.Evidence.SshSignature;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.approvals.SignedText;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PersonName;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Who asked for a run. Only a proven requester can be kept from approving their own request.
 *
 * <p>How old the signature is, is the run's own affair ({@code Questions.requireFresh}): a plan is made again hours later,
 * under the lock.
 */
public final class RequestSignatures {
    private static final String ANCHOR = "approvals.md#request-signature";

    private final Supplier<Operations> today;
    private final SshSignatures signatures;

    /**
     * @param today ops.yml as it is now
     * @param steps the context of the activity that is running
     */
    public RequestSignatures(Supplier<Operations> today, Shell shell, Supplier<StepContext> steps) {
        this.today = today;
        this.signatures = new SshSignatures(shell, steps);
    }

    /**
     * @param asked as it was signed
     * @return none when the request carries no signature
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION when it carries one that does not fit
     */
    public Optional<PersonName> verify(
            String runbook, String workflowId, SortedMap<String, String> asked, Requester requester) {
        return requester.signature().map(signature -> verify(runbook, workflowId, asked, signature));
    }

    private PersonName verify(
            String runbook, String workflowId, SortedMap<String, String> asked, SshSignature signature) {
        Person person = Optional.ofNullable(today.get().people().get(signature.person()))
                .orElseThrow(() -> refused("there is no person \"" + signature.person() + "\" in ops.yml"));
        SshPublicKey key = person.key().orElseThrow(() -> refused("ops.yml has no key of " + signature.person()));
        String text = SignedText.ofRequest(runbook, workflowId, asked, signature.at());
        if (!signatures.isGenuine(person, key, text, signature.signature())) {
            throw refused("the signature under the request of run " + workflowId + " is not " + person.name() + "'s");
        }
        return person.name();
    }

    private static RuntimeException refused(String fact) {
        return new Failure(
                        FailureType.PRECONDITION,
                        fact,
                        "start it again with windlass, with the key that ops.yml has under people",
                        ANCHOR)
                .asException();
    }
}
