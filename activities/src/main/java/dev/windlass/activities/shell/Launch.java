package dev.windlass.activities.shell;

import dev.windlass.activities.effects.StepToken;

/**
 * One start of a program by a step.
 *
 * @param index which command of that program it is within the attempt, from 1: the next attempt counts the same way, so a
 *     survivor of this one has the name that its successor wants
 */
public record Launch(StepToken token, String program, int index) {
    /** The environment variable that tells the commands of one step apart. */
    static final String VARIABLE = "WINDLASS_COMMAND";

    /** Letters, digits, {@code _ . -}: fit for the name of a systemd unit. */
    public String name() {
        return token.abbreviated() + "-" + program.replaceAll("[^A-Za-z0-9_.]", "_") + "-" + index;
    }
}
