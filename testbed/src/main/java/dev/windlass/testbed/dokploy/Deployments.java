package dev.windlass.testbed.dokploy;

import dev.windlass.testbed.control.RequestLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The history of deployments, in the database: it survives a restart, but before a new row is made only ten are kept.
 * Dokploy 0.30.2, packages/server/src/db/schema/deployment.ts and services/deployment.ts (removeLastTenDeployments).
 */
final class Deployments {
    private static final int KEPT = 10;

    private final RequestLog file;
    private final Clock clock;
    private final LinkedHashMap<String, ObjectNode> rows = new LinkedHashMap<>();
    private int made;

    Deployments(Path file, Clock clock) throws IOException {
        this.file = new RequestLog(file);
        this.clock = clock;
        for (String line : new String(this.file.lines(), StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                remember((ObjectNode) DokployCall.JSON.readTree(line));
            }
        }
        cancelRunning();
    }

    /** What a start does with rows of the process before: packages/server/src/utils/startup/cancel-deployments.ts . */
    synchronized void cancelRunning() throws IOException {
        for (ObjectNode row : List.copyOf(rows.values())) {
            if (row.path("status").asString("").equals("running")) {
                end(row.path("deploymentId").asString(""), "cancelled", Optional.empty());
            }
        }
    }

    synchronized String begin(String application, String title, String description) throws IOException {
        ObjectNode row = DokployCall.JSON.createObjectNode();
        made++;
        row.put("deploymentId", "deployment%06d".formatted(made));
        row.put("title", title);
        row.put("description", description);
        row.put("status", "running");
        row.put("logPath", "/etc/dokploy/logs/" + application + ".log");
        row.put("applicationId", application);
        row.put("createdAt", clock.instant().toString());
        row.put("startedAt", clock.instant().toString());
        row.putNull("finishedAt");
        row.putNull("errorMessage");
        row.putNull("rollback");
        write(row);
        return row.path("deploymentId").asString("");
    }

    synchronized void rename(String id, String title, String description) throws IOException {
        ObjectNode row = rows.get(id);
        if (row != null) {
            write(row.deepCopy().put("title", title).put("description", description));
        }
    }

    synchronized void end(String id, String status, Optional<String> error) throws IOException {
        ObjectNode row = rows.get(id);
        if (row != null && row.path("status").asString("").equals("running")) {
            ObjectNode ended = row.deepCopy().put("status", status);
            ended.put("finishedAt", clock.instant().toString());
            error.ifPresent(text -> ended.put("errorMessage", text));
            write(ended);
        }
    }

    /** Newest first. */
    synchronized ArrayNode list() {
        ArrayNode list = DokployCall.JSON.createArrayNode();
        new ArrayList<>(rows.values()).reversed().forEach(row -> list.add(row.deepCopy()));
        return list;
    }

    private void write(ObjectNode row) throws IOException {
        file.append(DokployCall.JSON.convertValue(row, new TypeReference<Map<String, Object>>() {}));
        remember(row);
    }

    private void remember(ObjectNode row) {
        String id = row.path("deploymentId").asString("");
        if (!rows.containsKey(id)) {
            while (rows.size() > KEPT) {
                rows.remove(rows.firstEntry().getKey());
            }
            made = Math.max(made, Integer.parseInt(id.substring("deployment".length())));
        }
        rows.put(id, row);
    }
}
