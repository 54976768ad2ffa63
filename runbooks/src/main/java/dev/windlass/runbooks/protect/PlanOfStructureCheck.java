package dev.windlass.runbooks.protect;

import dev.windlass.runbooks.backup.BackupCommands;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.ConfigurationDigest;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.protect.ProtectSteps;
import dev.windlass.workflows.protect.StructureCheckRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What looking inside tables and indexes types: pg_amcheck, one database after the other. */
public final class PlanOfStructureCheck {
    private static final HostName HERE = new HostName("local");

    private final Cluster cluster;
    private final Database administered;
    private final String tools;

    /** @param administered the cluster's server, with its superuser */
    public PlanOfStructureCheck(Cluster cluster, Database administered, String tools) {
        this.cluster = cluster;
        this.administered = administered;
        this.tools = tools;
    }

    /** @param databases those that have the extension amcheck, by their names on the server */
    public Plan plan(StructureCheckRequest request, List<String> databases) {
        List<Effect> checks = databases.stream().<Effect>map(this::check).toList();
        return Plan.of(
                "structure check",
                Sorted.of("cluster", request.cluster().value()),
                Sorted.of("configuration", ConfigurationDigest.of(cluster)),
                Sorted.of(),
                List.of(Step.of(
                        ProtectSteps.STRUCTURE,
                        "Look for damage in tables and indexes of cluster " + cluster.name(),
                        checks)));
    }

    private Command check(String database) {
        List<String> argv = new ArrayList<>(List.of(tools + "/pg_amcheck", "--no-password"));
        if (cluster.amcheck().depth() == Cluster.Amcheck.Depth.HEAP_ALL_INDEXED) {
            argv.add("--heapallindexed");
        }
        argv.addAll(List.of("--", BackupCommands.connection(administered, database)));
        SortedMap<String, SecretReference> secrets = new TreeMap<>();
        administered.password().ifPresent(password -> secrets.put("PGPASSWORD", password));
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put("PGAPPNAME", "{token}");
        // What is found is told apart from a server that went away by the server's words.
        environment.put("PGOPTIONS", "-c lc_messages=C");
        return new Command(Access.READS, HERE, argv, environment, secrets, new Channel.None(), new Channel.None());
    }
}
