package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Store.DirectoryStore;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.runbooks.config.Store.S3Store.Dialect;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code stores:} */
final class StoreReader {
    private enum Kind {
        R2,
        S3,
        DIRECTORY
    }

    private static final Set<String> RESERVED = Set.of(BackupPolicy.LOCAL.value(), "state");
    private static final Form<Kind> KIND = Forms.choice(Kind.class);
    private static final Form<String> REGION = Forms.text("a region such as eu-central-1", 40);
    private static final Form<String> PREFIX = Forms.text("the folder inside the bucket", 200)
            .and(prefix -> {
                if (prefix.startsWith("/") || prefix.contains("//") || prefix.contains("..") || prefix.contains("{")) {
                    throw new Misfit(
                            "\"" + prefix + "\" is not a folder inside the bucket",
                            "write it as in backups/production");
                }
            });

    /** R2 and S3 agree on the smallest part; the largest is theirs as well, 5 GiB. */
    private static final Form<Integer> PART_SIZE = Forms.mebibytes(5, 5120);

    private static final int DEFAULT_PART_MEBIBYTES = 16;

    private StoreReader() {}

    static SortedMap<StoreName, Store> readAll(Section root) {
        SortedMap<StoreName, Store> stores = new TreeMap<>();
        root.named("stores").forEach((name, section) -> {
            if (RESERVED.contains(name)) {
                section.reportItself(
                        "\"" + name + "\" is what plans call the "
                                + (name.equals("state") ? "state directory" : "backup directory"),
                        "choose another name for this store");
            }
            Optional<StoreName> storeName = section.itsName(name, Forms.STORE);
            StoreName known = storeName.orElse(Forms.STORE.standIn());
            // Without its kind nothing can be said about the other keys, but others may refer to the store's name.
            Store store = section.findNeeded("kind", KIND)
                    .map(kind -> read(known, kind, section))
                    .orElseGet(() -> new DirectoryStore(known, Forms.PATH.standIn()));
            storeName.ifPresent(good -> stores.put(good, store));
        });
        return stores;
    }

    private static Store read(StoreName name, Kind kind, Section section) {
        Store store = switch (kind) {
            case R2 -> readBucket(name, Dialect.R2, section);
            case S3 -> readBucket(name, Dialect.S3, section);
            case DIRECTORY -> new DirectoryStore(name, section.need("path", Forms.PATH));
        };
        section.refuseOtherKeys();
        return store;
    }

    private static S3Store readBucket(StoreName name, Dialect dialect, Section section) {
        String region = dialect == Dialect.R2 ? section.get("region", REGION, "auto") : section.need("region", REGION);
        if (dialect == Dialect.R2 && !region.equals("auto")) {
            section.report("region", "\"" + region + "\" is not a region of R2", "remove the key: R2 has only auto");
        }
        String endpoint = dialect == Dialect.R2
                ? section.need("endpoint", NetworkForms.ENDPOINT)
                : section.get("endpoint", NetworkForms.ENDPOINT, "https://s3." + region + ".amazonaws.com");
        String prefix = section.get("prefix", PREFIX, "");
        return new S3Store(
                name,
                dialect,
                endpoint,
                region,
                section.need("bucket", NetworkForms.BUCKET_NAME),
                prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
                section.need("access_key_id", SecretForm.SECRET),
                section.need("secret_access_key", SecretForm.SECRET),
                section.find("certificate_authority", Forms.PATH),
                section.get("part_size", PART_SIZE, DEFAULT_PART_MEBIBYTES));
    }
}
