package dev.windlass.runbooks.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RefusalTableTest {
    @Test
    void thePageListsEveryRefusalInTheWordsOfTheCode() throws IOException {
        assertThat(Files.readString(Path.of("approvals.md"))).contains(RefusalTable.markdown());
    }
}
