package dev.windlass.runbooks.stagingsync;

import dev.windlass.workflows.recovery.TableReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What becomes of every column of a database on its way to staging. What is not in it is refused.
 *
 * @param team e-mail addresses of those whose accounts stay usable
 * @param canary a marker that stands in production on purpose; no copy may hold it
 * @param domains pseudonyms that are the same in every column of the domain, by their name
 * @param smallestGroup rows that should be alike in the quasi-identifiers of their table; fewer are reported
 * @param own what staging does not get from production
 * @param smallGroups what becomes of a copy with fewer
 */
public record Classification(
        List<String> team,
        Optional<String> canary,
        Map<String, MaskDomain> domains,
        Map<TableReference, TableRule> tables,
        int smallestGroup,
        StagingOwn own,
        SmallGroups smallGroups) {
    static final int SMALLEST_GROUP = 5;

    /** Smaller groups are reported. */
    public Classification(
            List<String> team,
            Optional<String> canary,
            Map<String, MaskDomain> domains,
            Map<TableReference, TableRule> tables,
            int smallestGroup,
            StagingOwn own) {
        this(team, canary, domains, tables, smallestGroup, own, SmallGroups.REPORTED);
    }

    public Classification {
        team = List.copyOf(team);
        domains = Collections.unmodifiableMap(new TreeMap<>(domains));
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }
}
