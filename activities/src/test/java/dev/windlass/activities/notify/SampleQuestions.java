package dev.windlass.activities.notify;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A deploy that Ana asks for and Ben decides. */
final class SampleQuestions {
    static final PersonName ANA = new PersonName("ana");
    static final PersonName BEN = new PersonName("ben");
    static final QuestionWords WORDS = new QuestionWords(person ->
            Optional.ofNullable(Map.of(ANA, "U0ANA0001", BEN, "U0BEN0001").get(person)));
    /** Now, in whole seconds: the board looks for a question's message from that moment on. */
    static final Instant ASKED = Instant.ofEpochSecond(Instant.now().getEpochSecond());

    static final SortedMap<String, String> FACTS = new TreeMap<>(Map.of(
            "git SHA", "3f2c1ab",
            "image digest", "sha256:" + "ab".repeat(32),
            "migrations", "20261124_add_*index*\n20261125_drop_`old`",
            "newest proven backup", "4 h 12 min <old>"));

    private SampleQuestions() {}

    static Question question(QuestionKind kind, SortedMap<String, String> facts, List<String> steps) {
        return new Question(
                new ApprovalId("deploy-3f9c12ab"),
                kind,
                "deploy",
                "deploy/shop/prod",
                "run-1",
                Optional.of(ANA),
                "ana@laptop",
                "deploy shop prod 3f2c1ab",
                new PlanDigest("v1:" + "0123456789abcdef".repeat(4)),
                facts,
                steps,
                new ApprovalPolicy(new EnvironmentName("prod"), List.of(ANA, BEN), 1, Duration.ofHours(24)));
    }

    static Question deploy() {
        return question(QuestionKind.APPROVAL, FACTS, List.of("Start 3f2c1ab beside 9e8d7c6", "Switch traffic"));
    }

    static QuestionView view(Question question, QuestionState state, Answer.Accepted... answers) {
        return new QuestionView(question, state, ASKED, ASKED.plus(Duration.ofHours(24)), List.of(answers));
    }

    static Answer.Accepted by(PersonName person, Verdict verdict, String reason) {
        return new Answer.Accepted(
                person, verdict, reason.isEmpty() ? Optional.empty() : Optional.of(reason), ASKED.plusSeconds(90), 0);
    }
}
