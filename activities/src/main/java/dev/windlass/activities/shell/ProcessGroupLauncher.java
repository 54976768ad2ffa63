package dev.windlass.activities.shell;

import dev.windlass.activities.effects.StepToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * For machines without systemd: a session and process group of its own, and the step's token in the environment, which
 * children inherit whatever they fork, detach or are re-parented to.
 */
final class ProcessGroupLauncher implements Launcher {
    @Override
    public List<String> wordsFor(Launch launch, List<String> argv) {
        // Without --fork, setsid becomes the program: process id = group = session.
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(argv);
        return words;
    }

    @Override
    public boolean isRefusal(Launch launch, int exitCode, List<String> errorTail) {
        return false;
    }

    @Override
    public int end(Launch launch, Optional<Long> leader) {
        return ProcessTable.end(
                "command " + launch.name(),
                process -> leader.filter(pid -> process.group() == pid || process.session() == pid)
                                .isPresent()
                        || isMarked(process, launch));
    }

    @Override
    public int endAll(StepToken token) {
        return ProcessTable.end("step " + token, process -> process.hasVariable(StepToken.VARIABLE, token.value()));
    }

    private static boolean isMarked(RunningProcess process, Launch launch) {
        return process.hasVariable(Launch.VARIABLE, launch.name())
                && process.hasVariable(StepToken.VARIABLE, launch.token().value());
    }
}
