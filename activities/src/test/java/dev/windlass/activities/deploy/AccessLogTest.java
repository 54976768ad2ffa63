package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    private static final Instant SWITCH = Instant.parse("2026-11-25T10:00:00Z");

    @TempDir
    Path directory;

    private final List<Integer> seen = new ArrayList<>();

    @Test
    void readsWhatCameSinceTheSwitchAndWhatComesLater() throws IOException {
        append(line(-5, 201), line(0.25, 202), "nonsense", line(1, 203));
        try (AccessLog log = AccessLog.open(file(), SWITCH)) {
            log.read(this::see);
            assertThat(seen).containsExactly(202, 203);
            String half = line(2, 204);
            appendText(half.substring(0, 10));
            log.read(this::see);
            assertThat(seen).containsExactly(202, 203);
            appendText(half.substring(10) + "\n");
            log.read(this::see);
            assertThat(seen).containsExactly(202, 203, 204);
        }
    }

    @Test
    void findsTheSwitchInALogOfManyMegabytes() throws IOException {
        List<String> old = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            old.add(line(-300 + i / 1000.0, 200));
        }
        append(old.toArray(String[]::new));
        append(line(1, 202), line(2, 203));
        try (AccessLog log = AccessLog.open(file(), SWITCH)) {
            log.read(this::see);
        }
        assertThat(seen).containsExactly(202, 203);
    }

    @Test
    void readsARotatedLogToItsEnd() throws IOException {
        append(line(1, 201));
        try (AccessLog log = AccessLog.open(file(), SWITCH)) {
            log.read(this::see);
            append(line(2, 202));
            Files.move(file(), directory.resolve("access.log.1"));
            log.read(this::see);
            append(line(3, 203));
            log.read(this::see);
            assertThat(seen).containsExactly(201, 202, 203);
        }
    }

    @Test
    void beginsInTheRotatedLogWhenTheSwitchWasBeforeTheRotation() throws IOException {
        append(line(1, 201));
        Path rotated = Files.move(file(), directory.resolve("access.log.1"));
        Files.setLastModifiedTime(rotated, FileTime.from(SWITCH.plusSeconds(1)));
        append(line(2, 202));
        try (AccessLog log = AccessLog.open(file(), SWITCH)) {
            log.read(this::see);
        }
        assertThat(seen).containsExactly(201, 202);
    }

    @Test
    void beginsAgainWhenTheLogWasCutShort() throws IOException {
        append(line(1, 201), line(2, 202));
        try (AccessLog log = AccessLog.open(file(), SWITCH)) {
            log.read(this::see);
            Files.writeString(file(), line(3, 203) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
            log.read(this::see);
        }
        assertThat(seen).containsExactly(201, 202, 203);
    }

    @Test
    void knowsTheFormat() {
        assertThat(AccessLine.parse("1795600000.123|502|0.004|127.0.0.1:4101, 127.0.0.1:4102|502, 200"))
                .hasValue(new AccessLine(1795600000.123, 502, 0.004, "127.0.0.1:4102"));
        assertThat(AccessLine.parse("1795600000.123|404|0.000|-|-"))
                .hasValue(new AccessLine(1795600000.123, 404, 0, "-"));
        assertThat(AccessLine.parse("127.0.0.1 - - [x] \"GET / HTTP/1.1\" 200")).isEmpty();
        assertThat(AccessLine.parse("a|b|c|d|e")).isEmpty();
    }

    @Test
    void countsOnlyTheNewVersionAndNoWebSocketsTime() {
        Traffic traffic = Traffic.to("127.0.0.1:4102", "127.0.0.1:4101", SWITCH.plusSeconds(5));
        for (int i = 1; i <= 100; i++) {
            traffic.count(new AccessLine(at(i), i <= 3 ? 500 : 200, i / 1000.0, "127.0.0.1:4102"));
        }
        traffic.count(new AccessLine(at(60), 101, 60, "127.0.0.1:4102"));
        traffic.count(new AccessLine(at(2), 502, 1, "127.0.0.1:4101"));
        traffic.count(new AccessLine(at(7), 200, 4, "127.0.0.1:4101"));
        traffic.count(new AccessLine(at(8), 200, 1, "127.0.0.1:4101"));

        assertThat(traffic.words()).isEqualTo("101 requests, 2.97 % failed, p95 95 ms");
        assertThat(traffic.p95()).isEqualTo(Duration.ofMillis(95));
        assertThat(traffic.astray()).isEqualTo(1);
    }

    private void see(AccessLine line) {
        seen.add(line.status());
    }

    private Path file() {
        return directory.resolve("access.log");
    }

    private static double at(double secondsAfterSwitch) {
        return SWITCH.getEpochSecond() + secondsAfterSwitch;
    }

    private static String line(double secondsAfterSwitch, int status) {
        return String.format(Locale.ROOT, "%.3f|%d|0.001|127.0.0.1:4102|%d", at(secondsAfterSwitch), status, status);
    }

    private void append(String... lines) throws IOException {
        appendText(String.join("\n", lines) + "\n");
    }

    private void appendText(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
