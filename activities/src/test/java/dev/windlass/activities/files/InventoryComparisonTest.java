package dev.windlass.activities.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not in the copy as it was in the original is told; what is, is not. */
class InventoryComparisonTest {
    private static final FileTime MORNING = FileTime.from(Instant.parse("2026-11-24T03:00:00Z"));

    @TempDir
    private Path original;

    @TempDir
    private Path copy;

    @BeforeEach
    void fill() throws IOException {
        for (Path tree : List.of(original, copy)) {
            Files.createDirectories(tree.resolve("srv/uploads/a"));
            write(tree, "srv/uploads/a/one", "first");
            // Sorts between a directory and what lies in it, by the whole path's characters.
            write(tree, "srv/uploads/a-b", "dash");
            write(tree, "srv/uploads/b", "second");
            Files.createSymbolicLink(tree.resolve("srv/uploads/link"), Path.of("b"));
        }
    }

    @Test
    void aCopyIsEqual() throws IOException {
        InventoryComparison comparison = compare(Instant.MAX);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.compared()).isEqualTo(6);
        assertThat(comparison.bytes()).isEqualTo("firstdashsecond".length());
        assertThat(comparison.moving()).isZero();
    }

    @Test
    void whatIsMissingOrOtherIsTold() throws IOException {
        Files.delete(copy.resolve("srv/uploads/a/one"));
        write(copy, "srv/uploads/b", "sEcond");
        Files.setPosixFilePermissions(copy.resolve("srv/uploads/a-b"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(copy.resolve("srv/uploads/link"));
        Files.createSymbolicLink(copy.resolve("srv/uploads/link"), Path.of("a-b"));
        InventoryComparison comparison = compare(Instant.MAX);
        assertThat(comparison.count()).isEqualTo(4);
        assertThat(comparison.differences())
                .extracting(Difference::subject)
                .containsExactly("/srv/uploads/a/one", "/srv/uploads/a-b", "/srv/uploads/b", "/srv/uploads/link");
        assertThat(comparison.differences().getFirst().found()).isEqualTo("missing");
        assertThat(comparison.differences().getLast()).isEqualTo(new Difference("/srv/uploads/link", "b", "a-b"));
    }

    @Test
    void anotherTimeOrKindIsTold() throws IOException {
        Files.setLastModifiedTime(copy.resolve("srv/uploads/b"), FileTime.from(Instant.EPOCH));
        Files.delete(copy.resolve("srv/uploads/a/one"));
        Files.createDirectory(copy.resolve("srv/uploads/a/one"));
        assertThat(compare(Instant.MAX).differences())
                .containsExactly(
                        new Difference("/srv/uploads/a/one", "FILE", "DIRECTORY"),
                        new Difference(
                                "/srv/uploads/b",
                                "modified at " + MORNING.toInstant().getEpochSecond(),
                                "modified at 0"));
    }

    @Test
    void anEmptyCopyMissesEverything() throws IOException {
        StringBuilder inventory = inventory(Instant.MAX);
        InventoryComparison comparison =
                new InventoryComparison(new BufferedReader(new StringReader(inventory.toString())), true);
        comparison.finish();
        assertThat(comparison.count()).isEqualTo(6);
    }

    @Test
    void whatMovedIsNotHeldAgainstTheCopyUnlessNothingElseIsLeft() throws IOException {
        Files.delete(copy.resolve("srv/uploads/a/one"));
        write(copy, "srv/uploads/b", "other");
        InventoryComparison comparison = compare(Instant.EPOCH);
        assertThat(comparison.moving()).isEqualTo(6);
        assertThat(comparison.differences())
                .containsExactly(
                        new Difference("all 6 paths", "some that can be compared", "all changed while they were read"));
    }

    @Test
    void aFileThatChangedAfterTheArchiveBeganIsMoving() throws IOException, InterruptedException {
        // A tick of the clock that files are dated by: 10 ms at most.
        Thread.sleep(50);
        Instant begun = FileReading.now(copy);
        write(original, "srv/uploads/b", "later");
        StringBuilder inventory = inventory(begun);
        assertThat(inventory.toString().lines().filter(line -> line.contains("\"moving\":true")))
                .singleElement()
                .asString()
                .contains("srv/uploads/b");
    }

    private InventoryComparison compare(Instant steadySince) throws IOException {
        InventoryComparison comparison = new InventoryComparison(
                new BufferedReader(new StringReader(inventory(steadySince).toString())), true);
        new FileReading(new FileWalk(copy, List.of()), Instant.MAX, bytes -> {}).read(List.of(""), comparison);
        comparison.finish();
        return comparison;
    }

    private StringBuilder inventory(Instant steadySince) throws IOException {
        StringBuilder lines = new StringBuilder();
        new FileReading(new FileWalk(original, List.of()), steadySince, bytes -> {})
                .read(
                        List.of("srv/uploads"),
                        facts -> lines.append(PayloadJson.canonical(facts)).append('\n'));
        return lines;
    }

    private static void write(Path tree, String file, String text) throws IOException {
        Path path = tree.resolve(file);
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, MORNING);
    }
}
