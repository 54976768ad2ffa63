package dev.windlass.workflows.recovery;

import java.util.List;

/**
 * What a recovery leaves to a person.
 *
 * @param commands as they are typed, in order; empty where there are none to give
 */
public record LeftToDo(String what, List<String> commands) {
    public LeftToDo {
        commands = List.copyOf(commands);
    }
}
