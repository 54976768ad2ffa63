package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/**
 * What the generated parts of one runbook page are made from. Implementations are public, have a public constructor without
 * arguments and are named in {@code META-INF/services}, so that this package does not know them.
 */
public interface PageSource {
    /** File name of the page, such as {@code backup.md}. */
    String page();

    /** A plan from the same builder that plans real runs, with sample names. */
    Plan plan();

    /** What can fail, each with an anchor that exists, such as {@code backup.md#disk-full}. */
    List<Failure> failures();
}
