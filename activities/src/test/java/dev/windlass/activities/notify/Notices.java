package dev.windlass.activities.notify;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A sample notice, the step it is told in, and what that step announced. */
final class Notices {
    static final Notice BROKEN = new Notice(
            "run-1/broken",
            Severity.BAD,
            "backup failed: store r2 refused: 403 <AccessDenied> & Grüße",
            List.of("hint: renew the key", "see: runbooks/backup.md#storage-refused"),
            "backup/nightly",
            "run-1");

    static final RunLinks LINKS = new RunLinks(Optional.of("http://127.0.0.1:8233"), "default");

    final List<Effect> announced = new ArrayList<>();

    StepContext step() {
        return new StepContext(
                new StepToken("backup/nightly", "run-1", StepId.of("notify")),
                progress -> {},
                (step, effect) -> announced.add(effect));
    }

    static Notice named(String id) {
        return new Notice(id, Severity.GOOD, "backup proven: app 1 MB", List.of(), BROKEN.workflowId(), BROKEN.runId());
    }

    static ApplicationFailure failureOf(ThrowingCallable call) {
        return catchThrowableOfType(ApplicationFailure.class, call);
    }

    static Failure in(ApplicationFailure thrown) {
        return Failure.in(thrown).orElseThrow();
    }
}
