package dev.windlass.runbooks.stagingsync;

import java.util.List;

/**
 * What staging does not get from production.
 *
 * @param statements that give the copy its own settings, one after the other
 * @param values of these that have the form of an address or a number, and that the scan lets pass
 */
public record StagingOwn(List<String> statements, List<String> values) {
    public static final StagingOwn NOTHING = new StagingOwn(List.of(), List.of());

    public StagingOwn {
        statements = List.copyOf(statements);
        values = List.copyOf(values);
    }
}
