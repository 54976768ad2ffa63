package dev.windlass.runbooks.dns;

import dev.windlass.runbooks.config.ConfigurationDigest;
import dev.windlass.runbooks.config.Dns;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.dns.DnsSteps;
import dev.windlass.workflows.dns.RecordCheck;
import dev.windlass.workflows.dns.RecordMode;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.dns.RecordState;
import dev.windlass.workflows.dns.RecoverDnsPlan;
import dev.windlass.workflows.dns.RecoverDnsRequest;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What leading the names elsewhere does, or leading them back. */
public final class PlanOfRecoverDns {
    private static final String UNCHANGED = "each record is still what the plan saw";

    private final Operations operations;
    private final Dns dns;
    private final CloudflareCalls calls;

    public PlanOfRecoverDns(Operations operations, Dns dns) {
        this.operations = operations;
        this.dns = dns;
        this.calls = CloudflareCalls.of(dns);
    }

    /** What a record is to become: the new address, and a TTL that lets the next change be seen soon. */
    public static RecordState goal(Dns dns, RecordState now, Address address) {
        RecordState there = now.with(address);
        return isToBeLowered(dns, now) ? there.withTtl((int) dns.ttl().toSeconds()) : there;
    }

    private static boolean isToBeLowered(Dns dns, RecordState now) {
        return now.mode() == RecordMode.DIRECT && now.keptFor() > dns.ttl().toSeconds();
    }

    /** The requests that a machine has to answer before it gets the names. */
    public static List<HttpCall> trial(Dns dns, List<RecordMove> moves) {
        return moves.stream()
                .flatMap(move -> dns
                        .record(move.to().name(), move.to().type())
                        .flatMap(Dns.Entry::check)
                        .map(check -> RecordQuestions.request(
                                check, move.to().content().value()))
                        .stream())
                .toList();
    }

    public static List<RecordCheck> checks(Dns dns, List<RecordMove> moves) {
        return moves.stream()
                .flatMap(move -> dns
                        .record(move.to().name(), move.to().type())
                        .flatMap(Dns.Entry::check)
                        .map(check -> new RecordCheck(move.to().id(), check.url(), check.status(), check.body()))
                        .stream())
                .toList();
    }

    public RecoverDnsPlan plan(RecoverDnsRequest request, DnsObservation seen) {
        List<RecordMove> lowering = request.back().isPresent() ? List.of() : lowering(seen.moves());
        List<RecordMove> switching = seen.moves().stream()
                .map(move -> lowering.stream()
                        .filter(lowered -> lowered.from().equals(move.from()))
                        .findFirst()
                        .map(lowered -> new RecordMove(lowered.to(), move.to()))
                        .orElse(move))
                .toList();
        Optional<ApprovalPolicy> policy = dns.environment().flatMap(operations::approvalPolicy);
        Duration oldTtl = Duration.ofSeconds(
                lowering.stream().mapToInt(move -> move.from().keptFor()).max().orElse(0));
        Plan plan = Plan.of(
                "recover-dns",
                request.asked(),
                resolved(request, seen, policy),
                shown(seen),
                steps(request, seen, lowering, switching));
        return new RecoverDnsPlan(
                plan,
                dns.zone(),
                seen.moves(),
                lowering,
                switching,
                checks(dns, switching),
                oldTtl,
                dns.environment(),
                policy,
                seen.requester());
    }

    private List<RecordMove> lowering(List<RecordMove> moves) {
        return moves.stream()
                .map(RecordMove::from)
                .filter(now -> isToBeLowered(dns, now))
                .map(now -> new RecordMove(now, now.withTtl((int) dns.ttl().toSeconds())))
                .toList();
    }

    private List<Step> steps(
            RecoverDnsRequest request, DnsObservation seen, List<RecordMove> lowering, List<RecordMove> switching) {
        List<Step> steps = new ArrayList<>(List.of(record(seen)));
        if (!lowering.isEmpty()) {
            steps.add(change(
                    seen,
                    Step.of(
                            DnsSteps.LOWER_TTL,
                            "Lower the TTL of " + Quantities.plural(lowering.size(), "direct record") + " to "
                                    + dns.ttl().toSeconds() + " s",
                            List.of()),
                    lowering));
        }
        if (request.back().isEmpty()) {
            steps.add(tryAddress(switching));
        }
        steps.add(change(
                seen,
                Step.of(
                        DnsSteps.SWITCH,
                        (request.back().isEmpty() ? "Lead " : "Put back ")
                                + Quantities.plural(switching.size(), "record")
                                + (request.back().isEmpty() ? " to the new address" : " as before the run"),
                        List.of()),
                switching));
        steps.add(Step.of(
                        DnsSteps.VERIFY,
                        "Ask the name servers where the names lead, and there for an answer",
                        RecordQuestions.of(dns, seen.servers(), switching))
                .withSlots(RecordQuestions.slots(switching)));
        steps.add(NotificationSteps.tell(DnsSteps.NOTIFY, operations.notifications(), "Tell the team")
                .orElseGet(() -> Step.of(DnsSteps.NOTIFY, "Tell nobody: ops.yml names no channel", List.of())));
        return steps;
    }

    private Step record(DnsObservation seen) {
        return Step.of(
                        DnsSteps.RECORD,
                        "Write down what the records are, in dns/ of the state directory, under the name of the run",
                        seen.moves().stream()
                                .<Effect>map(move ->
                                        calls.record(seen.zoneId(), move.from().id()))
                                .toList())
                .withPrecondition(UNCHANGED);
    }

    private Step change(DnsObservation seen, Step step, List<RecordMove> moves) {
        return new Step(
                        step.id(),
                        step.title(),
                        RecordChange.of(calls, seen.zoneId(), moves),
                        Optional.of(UNCHANGED),
                        List.of(),
                        List.of())
                .withUndo(RecordChange.back(calls, seen.zoneId(), moves));
    }

    private Step tryAddress(List<RecordMove> switching) {
        List<HttpCall> trial = trial(dns, switching);
        return Step.of(
                DnsSteps.TRY,
                trial.isEmpty()
                        ? "Ask nothing of the new address: ops.yml has no check"
                        : "Ask the new address for what it is to answer under each name",
                List.copyOf(trial));
    }

    private SortedMap<String, String> resolved(
            RecoverDnsRequest request, DnsObservation seen, Optional<ApprovalPolicy> policy) {
        TreeMap<String, String> words = new TreeMap<>();
        words.put("zone", dns.zone() + ", " + seen.zoneId());
        words.put("name servers asked", String.join(", ", seen.servers()));
        seen.moves().forEach(move -> words.put("record " + move.from().label(), move.words()));
        words.put("who follows when", "proxied names at once, direct ones when the TTL from before is over");
        words.put("when it fails", "what was changed is put back");
        words.put("back", request.back().isPresent() ? "by naming the addresses" : "windlass recover dns --back RUN");
        words.put("approval", policy.map(ApprovalPolicy::words).orElse("none asked for"));
        words.put("configuration", ConfigurationDigest.of(dns));
        return words;
    }

    private static SortedMap<String, String> shown(DnsObservation seen) {
        return seen.answered().isEmpty()
                ? Sorted.of()
                : Sorted.of("at the new address", String.join("; ", seen.answered()));
    }
}
