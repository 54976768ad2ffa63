package dev.windlass.activities.dns;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Dns;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.activity.Activity;
import java.nio.file.Path;
import java.util.List;

/** Everything these activities work with. */
public record DnsParts(
        Operations operations, Secrets secrets, EffectJournal journal, DnsRequesters requesters, DnsPatience patience) {
    StepContext context(StepId step) {
        return StepContexts.of(Activity.getExecutionContext(), step, journal);
    }

    /** @throws io.temporal.failure.ApplicationFailure CONFIGURATION */
    Dns dns() {
        return operations.dns().orElseThrow(DnsFailures::notConfigured);
    }

    CloudflareApi api(StepContext context) {
        return new CloudflareApi(dns(), secrets, context);
    }

    Machines machines(StepContext context) {
        return new Machines(dns().trust().map(Path::of), context);
    }

    Trial trial(StepContext context, Machines machines, List<HttpCall> requests) {
        return new Trial(patience, context, machines, requests);
    }

    WrittenRecords written() {
        return new WrittenRecords(Path.of(operations.state()));
    }
}
