package dev.windlass.runbooks.stagingsync;

import dev.windlass.workflows.recovery.TableReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of a database, in the order of their names. */
public record Schema(List<SchemaTable> tables) {
    public Schema {
        tables = tables.stream()
                .sorted(java.util.Comparator.comparing(SchemaTable::table))
                .toList();
    }

    public Optional<SchemaTable> table(TableReference name) {
        return tables.stream().filter(each -> each.table().equals(name)).findFirst();
    }

    /** @return {@code sha256:} and 64 hex digits: another one when anything of any table is another */
    public String fingerprint() {
        return "sha256:"
                + digest(tables.stream()
                        .map(each -> each.table() + " " + each.shape())
                        .collect(Collectors.joining("\n")));
    }

    /** @param facts one a line, in an order that is always the same */
    public static String shape(List<String> facts) {
        return digest(String.join("\n", facts)).substring(0, 16);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
