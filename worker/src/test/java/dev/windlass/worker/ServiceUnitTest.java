package dev.windlass.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServiceUnitTest {
    private static final Path UNIT = Path.of("src/main/systemd/windlass-worker.service");
    private static final Path SETTINGS = Path.of("src/main/resources/application.yml");

    private static int seconds(Path file, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(file));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    void systemdWaitsLongerThanTheDrainTakes() throws IOException {
        int drain = seconds(SETTINGS, "^  drain: (\\d+)s$");
        assertThat(seconds(UNIT, "^TimeoutStopSec=(\\d+)$")).isGreaterThan(drain + 20);
        assertThat(seconds(SETTINGS, "timeout-per-shutdown-phase: (\\d+)s")).isGreaterThan(drain);
    }

    @Test
    void systemdSendsSigtermToTheWorkerAlone() throws IOException {
        assertThat(Files.readString(UNIT)).contains("\nKillMode=mixed\n").contains("\nRestartPreventExitStatus=2\n");
    }
}
