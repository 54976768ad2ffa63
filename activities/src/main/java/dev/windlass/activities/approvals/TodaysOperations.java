package dev.windlass.activities.approvals;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.nio.file.Path;
import java.util.function.Supplier;

/** ops.yml as it is now: whoever was taken off a list decides nothing any more, also without a restart. */
public final class TodaysOperations implements Supplier<Operations> {
    private final Path file;

    public TodaysOperations(Path file) {
        this.file = file;
    }

    /** @throws io.temporal.failure.ApplicationFailure CONFIGURATION: while the file is broken nobody decides */
    @Override
    public Operations get() {
        return switch (OpsFile.read(file)) {
            case OpsFileReading.Accepted accepted -> accepted.operations();
            case OpsFileReading.Refused refused ->
                throw new Failure(
                                FailureType.CONFIGURATION,
                                "ops.yml has problems, so nobody can decide now: "
                                        + refused.text().lines().findFirst().orElse(file.toString()),
                                "run windlass check on the worker's machine, mend the file, and answer again",
                                "approvals.md#ops-yml-broken")
                        .asException();
        };
    }
}
