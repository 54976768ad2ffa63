package dev.windlass.activities.shell;

import dev.windlass.activities.effects.StepToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a program is started so that everything it starts in turn can be found again, and ended, by another process. */
public interface Launcher {
    /** The words that start {@code argv}. They keep its process id: the program replaces what stands in front. */
    List<String> wordsFor(Launch launch, List<String> argv);

    /** What the program's environment gets in addition. */
    default Map<String, String> marksOf(Launch launch) {
        return Map.of(StepToken.VARIABLE, launch.token().value(), Launch.VARIABLE, launch.name());
    }

    /** Whether nothing was started because an earlier attempt's command of that name is still there. */
    boolean isRefusal(Launch launch, int exitCode, List<String> errorTail);

    /**
     * Kills what one command started and waits until none of it is left.
     *
     * @param leader its process id, where known
     * @return how many processes there were
     */
    int end(Launch launch, Optional<Long> leader);

    /** The same for everything that a step started, in this attempt or an earlier one. */
    int endAll(StepToken token);
}
