package dev.windlass.workflows.kernel;

import java.util.Optional;

/**
 * How far a step has come; carried by heartbeats and read by {@code --wait}.
 *
 * @param phase what is going on, in a word or two: {@code dump}, {@code upload}
 * @param done in units
 * @param total in the same units, where it is known or well estimated
 * @param unit {@code bytes}, {@code rows}, {@code tables} or {@code steps}
 * @param detail a table's name, a part's number; empty when there is nothing to add
 */
public record Progress(String phase, long done, Optional<Long> total, String unit, String detail) {
    public static Progress of(String phase) {
        return new Progress(phase, 0, Optional.empty(), "steps", "");
    }
}
