package dev.windlass.activities.backup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Redis server answers to INFO: lines such as {@code redis_version:7.0.15} and {@code db0:keys=2,expires=1,…}. */
public record RedisFacts(Map<String, String> fields) {
    private static final Pattern DATABASE = Pattern.compile("db\\d+");
    private static final Pattern KEYS = Pattern.compile("keys=(\\d+)(,.*)?");

    public static RedisFacts of(List<String> lines) {
        Map<String, String> fields = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return new RedisFacts(Map.copyOf(fields));
    }

    String version() {
        return text("redis_version");
    }

    /** Bytes, without what the server takes for itself and its clients. */
    long memory() {
        return number("used_memory_dataset");
    }

    /** Of all databases; those that have run out count until they are removed. */
    long keys() {
        return fields.entrySet().stream()
                .filter(field -> DATABASE.matcher(field.getKey()).matches())
                .mapToLong(field -> keysIn(field.getValue()))
                .sum();
    }

    /** Of one database. */
    public long keys(int database) {
        String counts = fields.get("db" + database);
        return counts == null ? 0 : keysIn(counts);
    }

    /** 40 hex digits, which it chooses when it starts: the same under whatever address it is asked. */
    public String runId() {
        return text("run_id");
    }

    /** 40 hex digits that a server and all its replicas have in common; Redis 4.0 and newer tell it. */
    public Optional<String> replicationId() {
        return Optional.ofNullable(fields.get("master_replid"));
    }

    public boolean isReplica() {
        return !text("role").equals("master");
    }

    public boolean isPartOfACluster() {
        return text("redis_mode").equals("cluster");
    }

    /** Of the snapshot that the server began with. Redis 7.0 counts them. */
    Optional<Long> loaded() {
        return found("rdb_last_load_keys_loaded");
    }

    /** And those of them that it left out. */
    Optional<Long> expiredWhenLoaded() {
        return found("rdb_last_load_keys_expired");
    }

    private Optional<Long> found(String field) {
        return fields.containsKey(field) ? Optional.of(number(field)) : Optional.empty();
    }

    private long number(String field) {
        return Long.parseLong(text(field));
    }

    private static long keysIn(String counts) {
        Matcher keys = KEYS.matcher(counts);
        if (!keys.matches()) {
            throw new IllegalArgumentException("no count of keys in " + counts);
        }
        return Long.parseLong(keys.group(1));
    }

    private String text(String field) {
        String value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException("INFO has no field " + field);
        }
        return value;
    }
}
