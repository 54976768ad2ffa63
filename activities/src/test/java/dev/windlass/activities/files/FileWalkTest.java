package dev.windlass.activities.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWalkTest {
    @TempDir
    private Path root;

    @Test
    void eachDirectoryComesBeforeWhatLiesInItByName() throws IOException {
        Files.createDirectories(root.resolve("b/inner"));
        Files.createFile(root.resolve("b/inner/file"));
        Files.createFile(root.resolve("b.txt"));
        Files.createDirectory(root.resolve("a"));
        assertThat(walk(List.of("b.txt", "b", "a"), List.of()))
                .containsExactly("a", "b", "b/inner", "b/inner/file", "b.txt");
    }

    @Test
    void linksAreNotFollowedAndWhatIsExcludedIsLeftOut() throws IOException {
        Files.createDirectories(root.resolve("in/cache/deep"));
        Files.createDirectory(root.resolve("out"));
        Files.createFile(root.resolve("out/file"));
        Files.createSymbolicLink(root.resolve("in/link"), Path.of("../out"));
        assertThat(walk(List.of("in"), List.of("in/cache"))).containsExactly("in", "in/link");
    }

    @Test
    void aPipeIsPassedOver() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(walk(List.of("pipe"), List.of())).isEmpty();
    }

    @Test
    void whatIsNotThereIsPassedOver() throws IOException {
        assertThat(walk(List.of("nothing"), List.of())).isEmpty();
    }

    /** Java would name it by a question mark, find nothing there, and a backup would lack it in silence. */
    @Test
    void aNameThatCannotBeReadIsNotPassedOver() throws IOException, InterruptedException {
        ProcessBuilder python = new ProcessBuilder(
                "python3",
                "-c",
                "import os, sys; open(os.fsencode(sys.argv[1]) + b'/M\\xfcller', 'w').close()",
                root.toString());
        assertThat(python.start().waitFor()).isZero();
        assertThatThrownBy(() -> walk(List.of(""), List.of()))
                .isInstanceOf(UnreadableNameException.class)
                .hasMessageContaining("ller");
    }

    private List<String> walk(List<String> starts, List<String> exclude) throws IOException {
        List<String> paths = new ArrayList<>();
        new FileWalk(root, exclude).from(starts, (file, path, attributes) -> paths.add(path));
        return paths;
    }
}
