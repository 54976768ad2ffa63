package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class SampleQuestions {
    static final PersonName ANA = new PersonName("ana");
    static final PersonName BEN = new PersonName("ben");
    static final PersonName CHRIS = new PersonName("chris");
    static final PlanDigest DIGEST = new PlanDigest("v1:" + "3f".repeat(32));
    static final ApprovalId ID = new ApprovalId("deploy-3f9c12ab");

    private SampleQuestions() {}

    static Question question(QuestionKind kind, int quorum, Duration expiry) {
        return new Question(
                ID,
                kind,
                "deploy",
                "deploy/shop/prod",
                "run-1",
                Optional.of(CHRIS),
                "chris@laptop",
                "deploy shop prod 3f2c1ab",
                DIGEST,
                Sorted.of("image", "sha256:0123456789ab"),
                List.of("start the new version", "switch traffic"),
                new ApprovalPolicy(new EnvironmentName("prod"), List.of(ANA, BEN, CHRIS), quorum, expiry));
    }

    static Question question() {
        return question(QuestionKind.APPROVAL, 1, Duration.ofHours(24));
    }

    static Decision decision(PersonName person, Verdict verdict) {
        return decision(ID, DIGEST, person, verdict);
    }

    static Decision decision(ApprovalId id, PlanDigest digest, PersonName person, Verdict verdict) {
        Optional<String> reason = verdict == Verdict.REJECT || verdict == Verdict.BREAK_GLASS
                ? Optional.of("the shop is closed")
                : Optional.empty();
        return new Decision(
                id,
                digest,
                verdict,
                reason,
                new Evidence.SshSignature(
                        person, Instant.parse("2026-11-25T10:00:00Z"), "signature of " + person + " " + verdict));
    }
}
