package dev.windlass.workflows.dns;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.migrate.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One direct record; it writes down what it is told, and fails where a test says so. */
final class FakeDns implements DnsActivities {
    static final RecordState OLD = new RecordState(
            "1", "shop.example.com", AddressType.A, new Address("203.0.113.10"), 3600, RecordMode.DIRECT);

    private final List<String> done = new ArrayList<>();
    volatile String failing = "";
    volatile List<String> leftAlone = List.of();
    volatile List<String> problems = List.of();

    synchronized List<String> done() {
        return List.copyOf(done);
    }

    private synchronized void perform(String what) {
        done.add(what);
        if (what.equals(failing)) {
            throw new Failure(FailureType.PRECONDITION, what + " is broken", "repair it", "recover-dns.md#changed")
                    .asException();
        }
    }

    @Override
    public void writeDown(DnsOrder order) {
        perform(order.step().id().value());
    }

    @Override
    public void tryAddress(DnsOrder order) {
        perform(order.step().id().value());
    }

    @Override
    public void change(DnsOrder order) {
        perform(order.step().id().value());
    }

    @Override
    public List<String> putBack(DnsOrder order) {
        perform("undo " + order.step().id());
        return leftAlone;
    }

    @Override
    public List<String> verify(DnsOrder order) {
        perform(order.step().id().value());
        return problems;
    }

    /** Plans the same again and again, but for the first few times. */
    static final class Planning implements DnsPlanningActivities {
        private final Optional<ApprovalPolicy> policy;
        private final Duration oldTtl;
        private final boolean isThere;
        private int others;

        /** @param others how often the plan is another one */
        Planning(Optional<ApprovalPolicy> policy, int others, Duration oldTtl, boolean isThere) {
            this.policy = policy;
            this.others = others;
            this.oldTtl = oldTtl;
            this.isThere = isThere;
        }

        @Override
        public synchronized RecoverDnsPlan planDns(RecoverDnsRequest request) {
            RecordState lowered = OLD.withTtl(60);
            RecordState there = lowered.with(new Address("198.51.100.7"));
            List<Step> steps = Stream.of(
                            DnsSteps.RECORD,
                            DnsSteps.LOWER_TTL,
                            DnsSteps.TRY,
                            DnsSteps.SWITCH,
                            DnsSteps.VERIFY,
                            DnsSteps.NOTIFY)
                    .map(Planning::step)
                    .toList();
            Plan plan = Plan.of(
                    "recover-dns",
                    request.asked(),
                    Sorted.of("record", others-- > 0 ? "another " + others : "this one"),
                    Sorted.of(),
                    steps);
            return new RecoverDnsPlan(
                    plan,
                    "example.com",
                    isThere ? List.of() : List.of(new RecordMove(OLD, there)),
                    List.of(new RecordMove(OLD, lowered)),
                    List.of(new RecordMove(lowered, there)),
                    List.of(),
                    oldTtl,
                    policy.map(ApprovalPolicy::environment),
                    policy,
                    Optional.of(People.ANA));
        }

        private static Step step(StepId id) {
            return Step.of(id, "Do " + id, List.of());
        }
    }
}
