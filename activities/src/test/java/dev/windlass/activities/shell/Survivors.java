package dev.windlass.activities.shell;

import dev.windlass.activities.effects.StepToken;
import java.util.List;

/** Looks at the machine from outside of the shell. */
final class Survivors {
    private Survivors() {}

    static List<Long> of(StepToken token) {
        return ProcessTable.find(process -> process.hasVariable(StepToken.VARIABLE, token.value())).stream()
                .map(RunningProcess::pid)
                .toList();
    }
}
