package dev.windlass.workflows.approvals;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who starts a run.
 *
 * @param label shown only: the login and host of the shell, or {@code schedule}
 * @param signature over {@link SignedText#ofRequest}; required where the environment asks for approvals, since nobody may
 *     approve their own request
 */
public record Requester(String label, Optional<Evidence.SshSignature> signature) {
    /** What was asked for, with who says to have signed it: whose signature it is, is known when the plan is made. */
    public SortedMap<String, String> asking(SortedMap<String, String> words) {
        SortedMap<String, String> asked = new TreeMap<>(words);
        signature.ifPresent(signed -> asked.put("signed as", signed.person().value()));
        return asked;
    }
}
