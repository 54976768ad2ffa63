package dev.windlass.runbooks.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    private static final String EMPTY_PAGE = """
            # Sample

            ## When
            Now and then.
            ## Before you start
            ## What it does
            <!-- generated:steps -->
            <!-- /generated -->
            ## Start it
            ## Watch it
            ## What can fail
            <!-- generated:failures -->
            <!-- /generated -->
            ### Disk full
            ## By hand
            <!-- generated:by-hand -->
            <!-- /generated -->
            ## Undo
            <!-- generated:undo -->
            <!-- /generated -->
            ## Last rehearsed
            """;

    private record Sample(String page, Plan plan, List<Failure> failures) implements PageSource {}

    private static final PageSource SOURCE =
            new Sample("sample.md", SamplePlans.small(), List.of(SamplePlans.diskFull()));

    @TempDir
    private Path directory;

    private Path page;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void writeThePage() throws IOException {
        page = directory.resolve("sample.md");
        Files.writeString(page, EMPTY_PAGE);
        Files.writeString(directory.resolve("README.md"), "no skeleton needed here");
    }

    @Test
    void generatedPageIsCurrentAndItsOwnWordsStay() throws IOException {
        assertThat(run("generate")).isZero();
        assertThat(printed()).isEqualTo("sample.md: written\n");
        assertThat(Files.readString(page))
                .startsWith("# Sample\n\n## When\nNow and then.\n")
                .contains("| 2 | dump/shop | Dump shop | changes | the disk has room |\n"
                        + "| 3 | send | Send it \\| and look | changes |  |\n<!-- /generated -->\n## Start it\n")
                .contains(
                        "| the disk has 1 GiB free, 2 GiB are needed | Free some space. | [disk-full](#disk-full) |\n");
        assertThat(run("check")).isZero();
        assertThat(printed()).isEqualTo("1 runbook pages are true to 1 plans\n");
    }

    @Test
    void generatingTwiceChangesNothing() throws IOException {
        run("generate");
        String once = Files.readString(page);
        printed.reset();
        assertThat(run("generate")).isZero();
        assertThat(printed()).isEmpty();
        assertThat(Files.readString(page)).isEqualTo(once);
    }

    @Test
    void editedRegionIsReportedWithItsDifference() throws IOException {
        run("generate");
        edit("Dump shop | changes", "Dump everything | changes");
        printed.reset();
        assertThat(run("check")).isEqualTo(1);
        assertThat(printed()).isEqualTo("""
                sample.md: region "steps" is not current
                  - | 2 | dump/shop | Dump everything | changes | the disk has room |
                  + | 2 | dump/shop | Dump shop | changes | the disk has room |
                  hint: run bin/docs generate and read what changed
                """);
    }

    @Test
    void missingAndMisplacedHeadingsAreReported() throws IOException {
        run("generate");
        edit("## Watch it\n", "");
        edit("## When\n", "");
        edit("## Last rehearsed\n", "## Last rehearsed\n## When\n");
        printed.reset();
        assertThat(run("check")).isEqualTo(1);
        assertThat(printed()).isEqualTo("""
                sample.md: heading "## Watch it" is missing
                  hint: a page has, in this order: When · Before you start · What it does · Start it · Watch it · \
                What can fail · By hand · Undo · Last rehearsed
                sample.md: headings stand in the order Before you start · What it does · Start it · What can fail · \
                By hand · Undo · Last rehearsed · When
                  hint: put them in the order When · Before you start · What it does · Start it · What can fail · \
                By hand · Undo · Last rehearsed
                """);
    }

    @Test
    void failureThatLeadsNowhereIsReported() throws IOException {
        run("generate");
        edit("### Disk full\n", "");
        printed.reset();
        assertThat(run("check")).isEqualTo(1);
        assertThat(printed()).isEqualTo("""
                sample.md: failure "the disk has 1 GiB free, 2 GiB are needed" leads to sample.md#disk-full, which does not exist
                  hint: add a heading or <a id="disk-full"></a> there
                """);
    }

    @Test
    void anExplicitAnchorIsAsGoodAsAHeading() throws IOException {
        run("generate");
        edit("### Disk full\n", "<a id=\"disk-full\"></a>\n");
        assertThat(run("check")).isZero();
    }

    @Test
    void regionThatIsNotMarkedOrNotKnownIsReported() throws IOException {
        run("generate");
        edit("<!-- generated:undo -->", "<!-- generated:redo -->");
        printed.reset();
        assertThat(run("check")).isEqualTo(1);
        assertThat(printed()).isEqualTo("""
                sample.md: region "undo" is not marked
                  hint: write <!-- generated:undo --> and <!-- /generated --> where it belongs
                sample.md: region "redo" is not one that is generated
                  hint: the regions are steps, failures, by-hand, undo
                """);
        printed.reset();
        assertThat(run("generate")).isEqualTo(1);
        assertThat(printed()).isEqualTo("sample.md: region \"undo\" is not marked\n");
    }

    @Test
    void regionThatIsNotClosedIsReportedAndNothingIsLost() throws IOException {
        edit("<!-- generated:steps -->\n<!-- /generated -->", "<!-- generated:steps -->");
        String before = Files.readString(page);
        assertThat(run("generate")).isEqualTo(1);
        assertThat(printed()).isEqualTo("sample.md:11: region \"steps\" is not closed before the next one\n");
        assertThat(Files.readString(page)).isEqualTo(before);
    }

    @Test
    void pageThatDoesNotExistIsReported() throws IOException {
        Files.delete(page);
        assertThat(run("check")).isEqualTo(1);
        assertThat(printed())
                .startsWith("sample.md: there is no such page\n  hint: write it with the headings When · ");
        printed.reset();
        assertThat(run("generate")).isEqualTo(1);
        assertThat(printed()).isEqualTo("sample.md: there is no such page\n");
    }

    @Test
    void wrongArgumentsAreAnsweredWithTheUsage() throws IOException {
        assertThat(run("destroy")).isEqualTo(2);
        assertThat(printed()).isEqualTo("usage: generate|check DIR\n");
    }

    private int run(String verb) throws IOException {
        printed.reset();
        return Pages.run(
                List.of(verb, directory.toString()),
                List.of(SOURCE),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void edit(String before, String after) throws IOException {
        String text = Files.readString(page);
        assertThat(text).contains(before);
        Files.writeString(page, text.replace(before, after));
    }
}
