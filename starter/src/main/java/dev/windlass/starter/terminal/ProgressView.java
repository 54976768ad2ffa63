package dev.windlass.starter.terminal;

import dev.windlass.starter.runs.RunState;
import java.time.Instant;

/** Shows how a run goes on, each time it was looked at. */
public interface ProgressView {
    void show(RunState state, Instant now);

    /** A line that stays. */
    void say(String line);

    /** Nothing more comes; the next output begins on a line of its own. */
    void end(Instant now);
}
