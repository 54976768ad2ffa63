package dev.windlass.runbooks.dns;

import dev.windlass.runbooks.page.PageSource;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** {@code runbooks/recover-dns.md}. */
public final class RecoverDnsPage implements PageSource {
    @Override
    public String page() {
        return "recover-dns.md";
    }

    @Override
    public Plan plan() {
        return DnsPageSample.plan();
    }

    @Override
    public List<Failure> failures() {
        return DnsPageFailures.all();
    }
}
