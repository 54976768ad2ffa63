package dev.windlass.testbed.cloudflare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of the zone, https://developers.cloudflare.com/api/resources/dns/subresources/records/ . They survive a kill.
 */
final class DnsRecords {
    private final Path file;
    private final Clock clock;
    private final List<ObjectNode> records = new ArrayList<>();

    /** @param first what there is when nothing is kept: {@code TYPE NAME CONTENT proxied|auto|TTL} */
    DnsRecords(Path file, List<String> first, Clock clock) throws IOException {
        this.file = file;
        this.clock = clock;
        if (Files.exists(file)) {
            CloudflareCall.JSON.readTree(Files.readString(file)).forEach(record -> records.add((ObjectNode) record));
        } else {
            for (String line : first) {
                records.add(record(line.split(" ")));
            }
            save();
        }
    }

    private ObjectNode record(String[] words) {
        if (words.length != 4) {
            throw new IllegalArgumentException("--record is TYPE NAME CONTENT proxied|auto|TTL");
        }
        boolean isProxied = words[3].equals("proxied");
        Instant now = clock.instant();
        return CloudflareCall.JSON
                .createObjectNode()
                .put("id", String.format("%032x", records.size() + 1))
                .put("name", words[1])
                .put("type", words[0])
                .put("content", words[2])
                .put("proxiable", true)
                .put("proxied", isProxied)
                .put("ttl", isProxied || words[3].equals("auto") ? 1 : Integer.parseInt(words[3]))
                .put("comment", "made by testbed")
                .put("created_on", now.toString())
                .put("modified_on", now.toString());
    }

    synchronized List<ObjectNode> all() {
        return records.stream().map(ObjectNode::deepCopy).toList();
    }

    synchronized Optional<ObjectNode> one(String id) {
        return records.stream()
                .filter(record -> text(record, "id").equals(id))
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    /** @return what is wrong; otherwise it is done */
    synchronized Optional<CloudflareAnswer> change(String id, ObjectNode changes) throws IOException {
        ObjectNode record = records.stream()
                .filter(each -> text(each, "id").equals(id))
                .findFirst()
                .orElseThrow();
        ObjectNode changed = record.deepCopy();
        changed.setAll(changes);
        if (changed.path("proxied").asBoolean()) {
            changed.put("ttl", 1);
        }
        boolean isDouble = records.stream()
                .filter(each -> each != record)
                .anyMatch(each -> List.of("type", "name", "content").stream()
                        .allMatch(field -> text(each, field).equals(text(changed, field))));
        if (isDouble) {
            return Optional.of(CloudflareAnswer.refused(400, 81058, "An identical record already exists."));
        }
        changed.put("modified_on", clock.instant().toString());
        records.set(records.indexOf(record), changed);
        save();
        return Optional.empty();
    }

    private static String text(JsonNode record, String field) {
        return record.path(field).asString("");
    }

    private void save() throws IOException {
        ArrayNode all = CloudflareCall.JSON.createArrayNode();
        records.forEach(all::add);
        Path fresh = file.resolveSibling(file.getFileName() + ".fresh");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(fresh, all.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
