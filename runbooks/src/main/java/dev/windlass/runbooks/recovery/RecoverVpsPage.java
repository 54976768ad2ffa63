package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.page.HandPlan;
import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** {@code runbooks/recover-vps.md}. */
public final class RecoverVpsPage implements PageSource {
    @Override
    public String page() {
        return "recover-vps.md";
    }

    @Override
    public Plan plan() {
        return VpsPageSample.plan();
    }

    @Override
    public Optional<HandPlan> handPlan() {
        return Optional.of(PlanByHand.written(PlanByHand.example()));
    }

    @Override
    public SequencedMap<String, HandPlan> otherHandPlans() {
        return new LinkedHashMap<>(Map.of("by-hand-cluster", PlanByHand.exampleOfACluster()));
    }

    @Override
    public List<Failure> failures() {
        return Stream.concat(VpsPageFailures.all().stream(), LinkPageFailures.all().stream())
                .toList();
    }
}
