package dev.windlass.runbooks.config;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All of ops.yml, read and checked.
 *
 * @param state where Windlass keeps what must survive a restart: set identities, journals; absolute path, root-only
 * @param stores without {@code local}, which is the backup directory
 * @param approvals environments that are not here change without asking
 * @param clusters those that are protected continuously
 * @param dns the names that lead to this machine
 */
public record Operations(
        String team,
        String state,
        TemporalSettings temporal,
        Map<DatabaseName, Database> databases,
        Map<StoreName, Store> stores,
        BackupPolicy backup,
        Notifications notifications,
        Map<AppName, App> apps,
        Map<PersonName, Person> people,
        Map<EnvironmentName, ApprovalPolicy> approvals,
        Map<ClusterName, Cluster> clusters,
        Optional<Dns> dns) {
    public Operations {
        apps = Collections.unmodifiableMap(new TreeMap<>(apps));
        databases = Collections.unmodifiableMap(new TreeMap<>(databases));
        stores = Collections.unmodifiableMap(new TreeMap<>(stores));
        people = Collections.unmodifiableMap(new TreeMap<>(people));
        approvals = Collections.unmodifiableMap(new TreeMap<>(approvals));
        clusters = Collections.unmodifiableMap(new TreeMap<>(clusters));
    }

    /** Without protected clusters and names in DNS. */
    public Operations(
            String team,
            String state,
            TemporalSettings temporal,
            Map<DatabaseName, Database> databases,
            Map<StoreName, Store> stores,
            BackupPolicy backup,
            Notifications notifications,
            Map<AppName, App> apps,
            Map<PersonName, Person> people,
            Map<EnvironmentName, ApprovalPolicy> approvals) {
        this(
                team,
                state,
                temporal,
                databases,
                stores,
                backup,
                notifications,
                apps,
                people,
                approvals,
                Map.of(),
                Optional.empty());
    }

    /** The reader has checked that every name used in ops.yml exists; other names come from a person. */
    public Database database(DatabaseName name) {
        Database database = databases.get(name);
        if (database == null) {
            throw new UnknownNameException("database", name.value(), databases.keySet());
        }
        return database;
    }

    Operations withArchive(Archive archive) {
        return new Operations(
                team,
                state,
                temporal,
                databases,
                stores,
                backup.withArchive(archive),
                notifications,
                apps,
                people,
                approvals,
                clusters,
                dns);
    }

    public Operations withDns(Dns other) {
        return new Operations(
                team,
                state,
                temporal,
                databases,
                stores,
                backup,
                notifications,
                apps,
                people,
                approvals,
                clusters,
                Optional.of(other));
    }

    public App app(AppName name) {
        App app = apps.get(name);
        if (app == null) {
            throw new UnknownNameException("app", name.value(), apps.keySet());
        }
        return app;
    }

    public Cluster cluster(ClusterName name) {
        Cluster cluster = clusters.get(name);
        if (cluster == null) {
            throw new UnknownNameException("cluster", name.value(), clusters.keySet());
        }
        return cluster;
    }

    public Store store(StoreName name) {
        if (name.equals(BackupPolicy.LOCAL)) {
            return new Store.DirectoryStore(BackupPolicy.LOCAL, backup.directory());
        }
        Store store = stores.get(name);
        if (store == null) {
            throw new UnknownNameException("store", name.value(), stores.keySet());
        }
        return store;
    }

    public Person person(PersonName name) {
        Person person = people.get(name);
        if (person == null) {
            throw new UnknownNameException("person", name.value(), people.keySet());
        }
        return person;
    }

    /** Who must agree before anything changes there; none where nobody has to. */
    public Optional<ApprovalPolicy> approvalPolicy(EnvironmentName environment) {
        return Optional.ofNullable(approvals.get(environment));
    }
}
