package dev.windlass.workflows.recovery;

import java.util.List;

/**
 * What a recovery leaves to a person.
 *
 * @param commands as they are typed, in order; empty where there are none to give
 */
public record LeftToDo(String what, List<String> commands) {
    /** Stands for the apps until it is known what served. */
    public static final String APPS = "the apps, each in the version that served last";

    /** How the entry begins that leaves Windlass itself. */
    public static final String WINDLASS = "Temporal, the worker and its schedules";

    public LeftToDo {
        commands = List.copyOf(commands);
    }
}
