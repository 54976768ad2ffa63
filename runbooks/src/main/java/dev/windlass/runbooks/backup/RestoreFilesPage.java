package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.backup.RestoreFilesRequest;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code runbooks/restore-files.md}: files out of the bucket become a new directory. */
public final class RestoreFilesPage implements PageSource {
    @Override
    public String page() {
        return "restore-files.md";
    }

    @Override
    public Plan plan() {
        RestoreFilesRequest request = new RestoreFilesRequest(
                PageSample.SET,
                PageSample.UPLOADS,
                "/srv/restored",
                Optional.of(PageSample.OFFSITE),
                Optional.empty(),
                "somebody");
        return new PlanOfRestoreFiles(PageSample.operations())
                .plan(request, PageSample.manifest().archive(PageSample.UPLOADS), PageSample.OFFSITE);
    }

    @Override
    public List<Failure> failures() {
        List<Failure> failures = new ArrayList<>(RestorePageFailures.ofFiles());
        failures.addAll(RestorePageFailures.ofChoosing());
        failures.addAll(PageFailures.ofStores());
        return failures;
    }
}
