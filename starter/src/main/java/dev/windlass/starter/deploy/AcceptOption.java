package dev.windlass.starter.deploy;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** What is accepted by name. */
final class AcceptOption {
    @Option(
            names = "--accept",
            paramLabel = "NAME",
            split = ",",
            description = "schema: the version may run although the database has changed since it was deployed, in ways"
                    + " its code may not bear. drill: no drill has succeeded lately, and ops.yml refuses deploys then. With --migrate also a rule of the lint, or restore, as in windlass migrate."
                    + " May be given again.")
    List<String> accepted = List.of();

    SortedSet<String> names() {
        return new TreeSet<>(accepted);
    }
}
