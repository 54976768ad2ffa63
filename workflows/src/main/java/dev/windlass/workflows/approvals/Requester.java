package dev.windlass.workflows.approvals;

import java.util.Optional;

/**
 * Who starts a run.
 *
 * @param label shown only: the login and host of the shell, or {@code schedule}
 * @param signature over {@link SignedText#ofRequest}; required where the environment asks for approvals, since nobody may
 *     approve their own request
 */
public record Requester(String label, Optional<Evidence.SshSignature> signature) {}
