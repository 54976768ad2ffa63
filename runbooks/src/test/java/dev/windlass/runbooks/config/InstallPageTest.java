package dev.windlass.runbooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InstallPageTest {
    /** A code block inside a list, so each of its lines is indented. */
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void opsFileOfTheInstallPageIsReadWithoutProblems() throws IOException {
        Matcher block = YAML.matcher(Files.readString(Path.of("../docs/install.md")));
        assertThat(block.find()).isTrue();
        Problems problems = new Problems("install.md");
        OpsFile.read(block.group(1).stripIndent(), problems);
        assertThat(problems.found()).isEmpty();
    }
}
