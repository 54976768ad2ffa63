package dev.windlass.runbooks.config;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code approvals:} */
final class ApprovalsReader {
    private static final Form<Integer> QUORUM = Forms.number(1, 20);

    /** Long enough for a holiday; a question that never ends would hide that nobody answers. */
    private static final Form<Duration> EXPIRY = Forms.duration(Duration.ofMinutes(1), Duration.ofDays(30));

    private final Form<PersonName> approver;

    /** How many were not counted because they are unknown: a quorum is not compared with what is left. */
    private int unknown;

    private ApprovalsReader(Set<PersonName> people) {
        approver = Forms.PERSON.and(name -> {
            if (!people.contains(name)) {
                unknown++;
                throw new Misfit(
                        "there is no person \"" + name + "\"",
                        people.isEmpty()
                                ? "write everybody who decides under people"
                                : Suggestion.among(
                                        name.value(),
                                        people.stream().map(PersonName::value).toList(),
                                        "person"));
            }
        });
    }

    static SortedMap<EnvironmentName, ApprovalPolicy> readAll(Section root, Set<PersonName> people) {
        ApprovalsReader reader = new ApprovalsReader(people);
        SortedMap<EnvironmentName, ApprovalPolicy> policies = new TreeMap<>();
        root.named("approvals").forEach((name, section) -> {
            Optional<EnvironmentName> environment = section.itsName(name, Forms.ENVIRONMENT);
            Optional<ApprovalPolicy> policy = reader.read(environment.orElse(Forms.ENVIRONMENT.standIn()), section);
            environment.ifPresent(good -> policy.ifPresent(read -> policies.put(good, read)));
        });
        return policies;
    }

    /** Empty only after something was reported. */
    private Optional<ApprovalPolicy> read(EnvironmentName environment, Section section) {
        int unknownBefore = unknown;
        List<PersonName> approvers = section.list("approvers", approver);
        int quorum = section.get("quorum", QUORUM, 1);
        Duration expiry = section.get("expiry", EXPIRY, Duration.ofHours(24));
        section.refuseOtherKeys();
        if (!section.hasItems("approvers")) {
            section.report("approvers", "has no approver", "name at least one of people");
        } else if (unknown == unknownBefore && !approvers.isEmpty() && quorum > approvers.size()) {
            section.report(
                    "quorum",
                    "is " + quorum + ", but there " + (approvers.size() == 1 ? "is " : "are ")
                            + Quantities.plural(approvers.size(), "approver"),
                    "lower it, or name more approvers");
        }
        return quorum > approvers.size()
                ? Optional.empty()
                : Optional.of(new ApprovalPolicy(environment, approvers, quorum, expiry));
    }
}
