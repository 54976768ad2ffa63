package dev.windlass.runbooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each {@code broken/*.yml} with all that must be said about it in {@code *.expected}. */
class BrokenFilesTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/broken");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yml"))
                    .map(name -> name.substring(0, name.length() - ".yml".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyProblemIsReportedWithItsPlaceAndAHint(String name) throws IOException {
        assertThat(reported(name)).isEqualTo(Files.readString(DIRECTORY.resolve(name + ".expected")));
    }

    @Test
    void thereAreAtLeastTwentyBrokenFiles() throws IOException {
        assertThat(names()).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void noReportRepeatsASecret() throws IOException {
        for (String name : names()) {
            assertThat(reported(name)).doesNotContain("hunter2").doesNotContain("AGE-SECRET-KEY-1");
        }
    }

    private static String reported(String name) throws IOException {
        Problems problems = new Problems(name + ".yml");
        OpsFileReading reading = OpsFile.read(Files.readString(DIRECTORY.resolve(name + ".yml")), problems);
        assertThat(reading).isInstanceOf(OpsFileReading.Refused.class);
        return ((OpsFileReading.Refused) reading).text() + "\n";
    }
}
