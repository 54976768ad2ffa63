package dev.windlass.runbooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpsExampleTest {
    private static final Path EXAMPLE = Path.of("../ops.example.yml");

    @Test
    void exampleIsReadWithoutProblems() {
        assertThat(OpsFile.read(EXAMPLE)).isInstanceOf(OpsFileReading.Accepted.class);
    }

    @Test
    void everyKeyThatTheReaderKnowsStandsInTheExample() throws IOException {
        Problems problems = new Problems("ops.example.yml");
        OpsFile.read(Files.readString(EXAMPLE), problems);
        assertThat(problems.presentKeys()).isEqualTo(problems.askedKeys()).hasSizeGreaterThan(60);
    }
}
