package dev.windlass.testbed.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The one line a double prints when it can be used. */
public final class Ready {
    private Ready() {}

    /** Prints the line and writes it to {@code file}, whole or not at all. */
    public static void announce(Map<String, ?> addresses, Optional<Path> file) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>(addresses);
        line.put("pid", ProcessHandle.current().pid());
        line.put("ready", true);
        String json = JsonMapper.builder().build().writeValueAsString(line);
        if (file.isPresent()) {
            Path fresh = file.get().resolveSibling(file.get().getFileName() + ".fresh");
            Files.writeString(fresh, json + "\n");
            Files.move(fresh, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        System.out.println(json);
        System.out.flush();
    }
}
