package dev.windlass.runbooks.page;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Store;
import dev.windlass.runbooks.config.Store.DirectoryStore;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.workflows.kernel.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Places as ops.yml gives them. */
final class KnownPlaces implements Places {
    /** The scratch cluster and a copy are; and no database is renamed from within. */
    private static final Set<String> MADE_IN_THE_RUN = Set.of("scratch", "copy", "maintenance");

    private final Operations operations;
    private final SortedSet<String> credentials = new TreeSet<>();
    private final NamedPlaces otherwise = new NamedPlaces();

    KnownPlaces(Operations operations) {
        this.operations = operations;
    }

    @Override
    public Place store(StoreName name) {
        if (name.value().equals("state")) {
            return new Place.Directory(ShellWords.word(operations.state()));
        }
        if (!name.equals(BackupPolicy.LOCAL) && !operations.stores().containsKey(name)) {
            return otherwise.store(name);
        }
        Store store = operations.store(name);
        return switch (store) {
            case DirectoryStore directory -> new Place.Directory(ShellWords.word(directory.path()));
            case S3Store bucket -> {
                credentials.add("AWS_ACCESS_KEY_ID: " + bucket.accessKeyId() + " for " + name + ", exported");
                credentials.add("AWS_SECRET_ACCESS_KEY: " + bucket.secretAccessKey() + " for " + name + ", exported");
                yield new Place.Bucket(
                        ShellWords.word(bucket.endpoint()),
                        ShellWords.word(bucket.bucket()),
                        bucket.prefix().isEmpty() ? "" : ShellWords.word(bucket.prefix()));
            }
        };
    }

    @Override
    public Connection connection(String name) {
        // A plan may be older than today's ops.yml.
        Database database = operations.databases().values().stream()
                .filter(each -> each.name().value().equals(name) && !MADE_IN_THE_RUN.contains(name))
                .findFirst()
                .orElse(null);
        if (database == null) {
            return otherwise.connection(name);
        }
        return new Connection(
                database.password()
                        .map(password -> List.of("PGPASSWORD=" + Secrets.valueOf(password)))
                        .orElse(List.of()),
                List.of(
                        ShellWords.word("--host=" + database.host()),
                        "--port=" + database.port(),
                        ShellWords.word("--username=" + database.user()),
                        ShellWords.word("--dbname=" + database.database())));
    }

    @Override
    public List<String> explanations() {
        List<String> all = new ArrayList<>(credentials);
        all.addAll(otherwise.explanations());
        return all;
    }
}
