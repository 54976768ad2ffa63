package dev.windlass.runbooks.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages at the top of this module say is what the code does. */
class RunbookPagesTest {
    private static final Path PAGES = Path.of(".");

    private final List<PageSource> sources = ServiceLoader.load(PageSource.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    @Test
    void everyPageIsCurrentAndComplete() throws IOException {
        assertThat(sources)
                .extracting(PageSource::page)
                .containsExactlyInAnyOrder(
                        "backup.md",
                        "deploy.md",
                        "docker.md",
                        "dokploy.md",
                        "drill-database.md",
                        "migrate.md",
                        "recover-database.md",
                        "recover-dns.md",
                        "recover-vps.md",
                        "restore-files.md",
                        "protect.md",
                        "restore-test.md",
                        "restore.md",
                        "rollback.md",
                        "staging-sync.md");
        assertThat(new PageCheck(pages(), sources).findings()).isEmpty();
    }

    @Test
    void everyPlaceThatAnErrorLeadsToExists() throws IOException {
        Set<String> wanted = SourceTexts.ofAllModules().anchors();
        assertThat(wanted).contains("backup.md#disk-full", "backup.md#database-gone");
        Set<String> there = new TreeSet<>();
        pages().forEach((name, text) ->
                new Page(name, text).anchors().forEach(anchor -> there.add(name + "#" + anchor)));
        assertThat(there)
                .as("headings of runbooks/*.md that error messages name")
                .containsAll(wanted);
    }

    @Test
    void everyFailureOnAPageIsWordedAsInTheCode() throws IOException {
        SourceTexts code = SourceTexts.ofAllModules();
        List<String> strange = new ArrayList<>();
        for (PageSource source : sources) {
            for (Failure failure : source.failures()) {
                Stream.of(failure.fact(), failure.hint())
                        .filter(words -> !code.say(words))
                        .forEach(strange::add);
            }
        }
        assertThat(strange)
                .as("words of PageFailures that the code does not say: take them from the code, then bin/docs generate")
                .isEmpty();
    }

    private static Map<String, String> pages() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".md")).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
