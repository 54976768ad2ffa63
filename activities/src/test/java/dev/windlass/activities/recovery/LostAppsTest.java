package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.recovery.LeftToDo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostAppsTest {
    private static final String CONTENT = "sha256:" + "a".repeat(64);

    @TempDir
    private Path directory;

    @Test
    void eachAppIsToldWithTheVersionThatServed() throws IOException {
        Path shop = Files.createDirectory(directory.resolve("shop-prod"));
        Files.writeString(
                shop.resolve("releases.json"),
                "{\"releases\":[{\"release\":{\"version\":\"v7\",\"content\":\"" + CONTENT
                        + "\"},\"deployed\":\"2026-11-20T10:00:00Z\"},{\"release\":{\"version\":\"v6\",\"content\":\""
                        + CONTENT + "\"},\"deployed\":\"2026-11-19T10:00:00Z\"}]}");
        Path file = directory.resolve("ops.yml");
        Files.writeString(
                file,
                Files.readString(Path.of("../ops.example.yml"))
                        .replace("directory: /srv/shop-prod", "directory: " + shop));

        List<LeftToDo> apps = LostApps.of(file);

        assertThat(apps)
                .contains(new LeftToDo(
                        "app shop of prod: v7 served, " + CONTENT, List.of("windlass deploy shop prod v7")))
                .contains(new LeftToDo(
                        "app shop of staging: the set does not say what served",
                        List.of("windlass deploy shop staging VERSION")));
    }

    @Test
    void whatCannotBeReadIsNoReasonToStop() throws IOException {
        Path file = directory.resolve("ops.yml");
        Files.writeString(file, "version: 9");

        assertThat(LostApps.of(file)).isEmpty();
        assertThat(LostApps.of(directory.resolve("none"))).isEmpty();
    }
}
