package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.backup.RestoreRequest;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code runbooks/restore.md}: a set out of the bucket becomes a new database beside the live one. */
public final class RestorePage implements PageSource {
    @Override
    public String page() {
        return "restore.md";
    }

    @Override
    public Plan plan() {
        RestoreRequest request = new RestoreRequest(
                PageSample.SET,
                Optional.of(PageSample.SHOP),
                "shop_yesterday",
                Optional.of(PageSample.OFFSITE),
                Optional.empty(),
                "somebody");
        return new PlanOfRestore(PageSample.operations(), PageSample.RUN_AS)
                .plan(request, PageSample.shop(), PageSample.OFFSITE, PageSample.TOOLS, PageSample.SERVER);
    }

    @Override
    public List<Failure> failures() {
        List<Failure> failures = new ArrayList<>(RestorePageFailures.ofChoosing());
        failures.addAll(RestorePageFailures.ofRestores());
        failures.addAll(PageFailures.ofSets());
        failures.addAll(PageFailures.ofStores());
        return failures;
    }
}
