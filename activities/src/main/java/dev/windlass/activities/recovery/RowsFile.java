package dev.windlass.activities.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.recovery.TableReference;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report of a comparison: a line of JSON for each row that differs, with its table and key. Only root reads it; it never
 * leaves this host.
 */
final class RowsFile implements AutoCloseable {
    private static final int SHOWN_OF_HASH = 12;

    private final Path named;
    private final Path part;
    private final FileChannel channel;
    private final MessageDigest digest;
    private final OutputStream out;

    /** How a row differs. */
    enum Difference {
        MISSING_LIVE("missing live"),
        ONLY_LIVE("only live"),
        DIFFERENT("different");

        private final String words;

        Difference(String words) {
            this.words = words;
        }
    }

    /** @param directory made where it is not there; @param name of the report, to which a part of its hash is added */
    RowsFile(Path directory, String name) throws IOException {
        DurableFiles.makeDirectories(directory);
        this.named = directory.resolve(name);
        DurableFiles.removeParts(named);
        this.part = DurableFiles.partOf(named);
        this.channel = DurableFiles.create(part);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
        this.out = new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16);
    }

    void head(Map<String, String> facts) throws IOException {
        write(new LinkedHashMap<>(facts));
    }

    void table(TableReference table, String words) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("table", table.value());
        line.put("differs", words);
        write(line);
    }

    void row(TableReference table, Difference difference, List<byte[]> key) throws IOException {
        List<String> values = new ArrayList<>();
        key.forEach(value -> values.add(new String(value, StandardCharsets.UTF_8)));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("table", table.value());
        line.put("row", difference.words);
        line.put("key", values);
        write(line);
    }

    private void write(Map<String, ?> line) throws IOException {
        try {
            out.write(PayloadJson.mapper().writeValueAsBytes(line));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of text are JSON", impossible);
        }
        out.write('\n');
    }

    /** @param path its name from now on */
    record Written(Path path, String sha256) {}

    Written publish() throws IOException {
        out.flush();
        channel.force(true);
        channel.close();
        String sha256 = HexFormat.of().formatHex(digest.digest());
        Path path = named.resolveSibling(named.getFileName() + "-" + sha256.substring(0, SHOWN_OF_HASH) + ".jsonl");
        DurableFiles.publish(part, path);
        return new Written(path, sha256);
    }

    /** What was not published is of no use. */
    @Override
    public void close() throws IOException {
        channel.close();
        DurableFiles.delete(part);
    }
}
