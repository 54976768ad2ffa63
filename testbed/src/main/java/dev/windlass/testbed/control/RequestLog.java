package dev.windlass.testbed.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The witness: one JSON line for each request, on disk at once, so that it survives a SIGKILL of the double. */
public final class RequestLog {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    public RequestLog(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
    }

    public synchronized void append(Map<String, ?> line) throws IOException {
        // One write call for the line: a kill leaves it whole or absent.
        byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(file, bytes, StandardOpenOption.APPEND);
    }

    public synchronized byte[] lines() throws IOException {
        return Files.readAllBytes(file);
    }
}
