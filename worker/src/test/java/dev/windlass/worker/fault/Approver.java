package dev.windlass.worker.fault;

import dev.windlass.runbooks.approvals.ApprovalCommands;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Decisions;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.approvals.SignedText;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.PersonName;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Somebody of the team, with a key. */
record Approver(String name, Path key) {
    static Approver withNewKey(String name, Path directory) throws IOException {
        Path key = directory.resolve(name);
        Host.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key.toString()));
        return new Approver(name, key);
    }

    /** What ops.yml wants of them. */
    String publicKey() throws IOException {
        return Files.readString(key.resolveSibling(name + ".pub")).strip();
    }

    /** As {@code windlass resume} and {@code windlass approve} do. */
    Answer decide(WorkflowClient client, Question question, Verdict verdict) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String text = SignedText.ofDecision(question.id(), question.digest(), verdict, Optional.empty(), at);
        return new Decisions(client, "cli")
                .decide(
                        new Decision(
                                question.id(),
                                question.digest(),
                                verdict,
                                Optional.empty(),
                                new Evidence.SshSignature(new PersonName(name), at, sign(text))),
                        "cli/" + question.id());
    }

    /** As the command line does it for whoever starts a run. */
    Requester asking(String runbook, String workflowId, SortedMap<String, String> asked) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String text = SignedText.ofRequest(runbook, workflowId, asked, at);
        return new Requester(name, Optional.of(new Evidence.SshSignature(new PersonName(name), at, sign(text))));
    }

    private String sign(String text) {
        try {
            Process process = new ProcessBuilder(
                            ApprovalCommands.sign(key.toString()).argv())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
