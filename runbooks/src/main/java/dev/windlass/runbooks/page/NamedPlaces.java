package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.StoreName;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Places by variables that the reader sets: a plan names its stores and databases and does not say where they are. */
final class NamedPlaces implements Places {
    private final SortedMap<String, String> asked = new TreeMap<>();

    @Override
    public Place store(StoreName store) {
        String name = variable(store.value());
        return switch (store.value()) {
            case "local" -> new Place.Directory(insisting("BACKUP_DIRECTORY", "backup.directory of ops.yml"));
            case "state" -> new Place.Directory(insisting("STATE_DIRECTORY", "state of ops.yml"));
            default -> {
                String stores = "stores." + store + ".";
                asking("AWS_ACCESS_KEY_ID", stores + "access_key_id, exported");
                asking("AWS_SECRET_ACCESS_KEY", stores + "secret_access_key, exported");
                yield new Place.Bucket(
                        asking(name + "_ENDPOINT", stores + "endpoint"),
                        asking(name + "_BUCKET", stores + "bucket"),
                        asking(name + "_PREFIX", stores + "prefix, ending with /, or nothing"));
            }
        };
    }

    @Override
    public Connection connection(String name) {
        String meaning = switch (name) {
            case "scratch" -> "connection string of the scratch cluster, host=DIRECTORY dbname=NAME";
            case "maintenance" -> "connection string of another database on the same server, dbname=postgres";
            case "copy" -> "connection string of the copy beside the live database, dbname=NAME";
            default -> "connection string of databases." + name + " in ops.yml";
        };
        return new Connection(List.of(), List.of(asking(variable(name) + "_DATABASE", meaning)));
    }

    @Override
    public List<String> explanations() {
        return asked.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    private String asking(String variable, String meaning) {
        asked.put(variable, meaning);
        return "\"$" + variable + "\"";
    }

    /** Stops the shell when the variable is empty: what follows may be removed. */
    private String insisting(String variable, String meaning) {
        asking(variable, meaning);
        return "\"${" + variable + ":?}\"";
    }

    private static String variable(String name) {
        String plain = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }
}
