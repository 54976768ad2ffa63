package dev.windlass.activities.shell;

import dev.windlass.activities.sealing.SealedReceipt;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;
import java.util.Optional;

/**
 * @param output the first lines of standard output when it goes nowhere else, bounded
 * @param errorTail the last lines of standard error, bounded, with known secrets blotted out
 * @param sealed what was written, when the output is a sealed file
 */
public record CommandResult(
        String program, int exitCode, List<String> output, List<String> errorTail, Optional<SealedReceipt> sealed) {
    public CommandResult {
        output = List.copyOf(output);
        errorTail = List.copyOf(errorTail);
    }

    public boolean isSuccess() {
        return exitCode == 0;
    }

    /** This result, or a {@link FailureType#COMMAND_FAILED} that quotes the last lines. */
    public CommandResult orFail(String hint, String anchor) {
        if (isSuccess()) {
            return this;
        }
        throw new Failure(FailureType.COMMAND_FAILED, summary(), hint, anchor).asException();
    }

    /** One line: program, exit code, last words. */
    public String summary() {
        String last = errorTail.isEmpty() ? "it printed no error" : String.join(" / ", errorTail);
        return program + " ended with exit code " + exitCode + ": " + last;
    }
}
