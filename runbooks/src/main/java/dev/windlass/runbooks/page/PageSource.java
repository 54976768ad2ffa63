package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the generated parts of one runbook page are made from. Implementations are public, have a public constructor without
 * arguments and are named in {@code META-INF/services}, so that this package does not know them.
 */
public interface PageSource {
    /** File name of the page, such as {@code backup.md}. */
    String page();

    /** A plan from the same builder that plans real runs, with sample names. */
    Plan plan();

    /** Plans of another policy whose undos stand on the page as well, by the names of their regions: {@code undo-by-restore}. */
    default SequencedMap<String, Plan> otherUndos() {
        return new LinkedHashMap<>();
    }

    /** Plans of another kind of request, whose steps by hand stand on the page as well, by the names of their regions. */
    default SequencedMap<String, Plan> otherWays() {
        return new LinkedHashMap<>();
    }

    /** Where nothing of Windlass is at hand the steps are others than the run's; then these stand as {@code by-hand}. */
    default Optional<HandPlan> handPlan() {
        return Optional.empty();
    }

    /** Parts of such plans that stand on the page beside it, without its beginning, by the names of their regions. */
    default SequencedMap<String, HandPlan> otherHandPlans() {
        return new LinkedHashMap<>();
    }

    /** What can fail, each with an anchor that exists, such as {@code backup.md#disk-full}. */
    List<Failure> failures();
}
