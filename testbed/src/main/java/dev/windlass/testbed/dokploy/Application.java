package dev.windlass.testbed.dokploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.node.ObjectNode;

/** The application's row: Dokploy 0.30.2, packages/server/src/db/schema/application.ts . It survives a restart. */
final class Application {
    private final Path file;
    private final ObjectNode row;

    Application(Path file, String id, String source, String service, String image) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            row = (ObjectNode) DokployCall.JSON.readTree(Files.readString(file));
        } else {
            row = DokployCall.JSON
                    .createObjectNode()
                    .put("applicationId", id)
                    .put("name", "shop")
                    .put("appName", service)
                    .put("sourceType", source)
                    .put("dockerImage", image)
                    .put("applicationStatus", "idle");
            row.putObject("healthCheckSwarm")
                    .put("Interval", 5_000_000_000L)
                    .putArray("Test")
                    .add("CMD")
                    .add("curl")
                    .add("-f")
                    .add("http://localhost:3000/api/health");
            save();
        }
    }

    synchronized String text(String name) {
        return row.path(name).asString("");
    }

    synchronized ObjectNode copy() {
        return row.deepCopy();
    }

    synchronized void put(String name, String value) throws IOException {
        row.put(name, value);
        save();
    }

    /** Everything that is given is taken over: application.update accepts any part of the row. */
    synchronized void merge(ObjectNode changes) throws IOException {
        row.setAll(changes);
        save();
    }

    boolean isFromDocker() {
        return text("sourceType").equals("docker");
    }

    private void save() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".fresh");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(fresh, row.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
