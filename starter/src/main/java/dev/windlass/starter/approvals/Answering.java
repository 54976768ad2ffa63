package dev.windlass.starter.approvals;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.starter.door.ConnectionOptions;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.JsonOption;
import dev.windlass.starter.door.Session;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Evidence.SshSignature;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.SignedText;
import dev.windlass.workflows.approvals.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** One answer from a terminal: shows the question, signs, sends, tells what became of it. */
final class Answering {
    private static final String PAGE = "runbooks/approvals.md";

    private final Door door;
    private final ConnectionOptions connection;
    private final JsonOption json;

    Answering(Door door, ConnectionOptions connection, JsonOption json) {
        this.door = door;
        this.connection = connection;
        this.json = json;
    }

    /** @param name an id, or the run that a parked step belongs to */
    int answer(String name, Verdict verdict, Optional<String> reason, Optional<Path> key) {
        try (Session session = Session.open(door, connection)) {
            Operations operations = session.operations().orElseThrow(Answering::noOpsFile);
            Question question = find(session, name);
            SshSignature signature = new Signing(door, operations)
                    .sign(key, at -> SignedText.ofDecision(question.id(), question.digest(), verdict, reason, at))
                    .orElseThrow(Answering::noKey);
            Decision decision = new Decision(question.id(), question.digest(), verdict, reason, signature);
            return tell(question, session.runs().questions().decide(decision, "cli/" + hash(signature.signature())));
        }
    }

    private Question find(Session session, String name) {
        Optional<QuestionView> view = id(name).isPresent()
                ? session.runs().questions().view(id(name).get())
                : session.runs().questions().open().stream()
                        .filter(each -> each.question().kind() == QuestionKind.PARKED_STEP
                                && each.question().workflowId().equals(name))
                        .findFirst();
        if (view.isEmpty()) {
            session.runs().questions().refuse(name, door.person(), Refusal.UNKNOWN_APPROVAL, "no question has this id");
            throw unknown(name);
        }
        door.err().print(QuestionText.whole(view.get(), session.now()));
        door.err().flush();
        return view.get().question();
    }

    private int tell(Question question, Answer answer) {
        return switch (answer) {
            case Answer.Accepted accepted -> {
                json.print(
                        door,
                        accepted,
                        accepted.person() + " answered " + question.id() + ": "
                                + accepted.verdict()
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' ')
                                + (accepted.missing() > 0 ? "; " + accepted.missing() + " more must approve" : ""));
                yield ExitCode.OK.number();
            }
            case Answer.Refused refused ->
                throw new Complaint(
                        question.id() + " did not take this answer: "
                                + refused.refusal().words()
                                + (refused.detail().isEmpty() ? "" : " (" + refused.detail() + ")"),
                        "look at it: windlass approvals show " + question.id(),
                        PAGE + "#refused",
                        ExitCode.PRECONDITION);
        };
    }

    static Optional<ApprovalId> id(String name) {
        try {
            return Optional.of(new ApprovalId(name));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    static Complaint unknown(String name) {
        return new Complaint(
                "there is no question " + name,
                "list those that wait: windlass approvals",
                PAGE + "#unknown",
                ExitCode.NOT_FOUND);
    }

    private static Complaint noOpsFile() {
        return new Complaint(
                "there is no good ops.yml here, so nobody is known whose key could sign",
                "name one with --config, and check it: windlass check",
                PAGE + "#no-key",
                ExitCode.USAGE);
    }

    private static Complaint noKey() {
        return new Complaint(
                "no key of ops.yml's people is in the SSH agent or in ~/.ssh",
                "load yours with ssh-add, or name it with --key FILE; ops.yml has its .pub line under people",
                PAGE + "#no-key",
                ExitCode.PRECONDITION);
    }

    private static String hash(String signature) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(signature.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
