package dev.windlass.activities.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 300 MB go through a process with a heap of 32 MB, there and back. */
@Tag("integration")
class BoundedHeapTest {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 300;

    @TempDir
    Path directory;

    @Test
    void aStreamOfAnySizeNeedsLittleMemory() throws Exception {
        Path file = directory.resolve("large.zst.age");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(List.of(
                        java.toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BoundedHeapTest.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        long peakKilobytes = Long.parseLong(output.replaceAll("(?s).*VmHWM:\\s+(\\d+) kB.*", "$1"));
        assertThat(peakKilobytes).as(output).isLessThan(256 * 1024);
        assertThat(Files.size(file)).isGreaterThan((long) BLOCK * BLOCKS / 2);
    }

    /** The process that is measured. */
    public static void main(String... arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        byte[] block = new byte[BLOCK];
        try (SealedFiles.Draft draft = new AgeSealedFiles(Samples.SECRETS).begin(Samples.channel(file))) {
            for (int number = 0; number < BLOCKS; number++) {
                new Random(number).nextBytes(block);
                draft.write(block, 0, BLOCK);
            }
            draft.commit();
        }
        byte[] expected = new byte[BLOCK];
        try (InputStream in =
                new AgeSealedFiles(Samples.SECRETS).open(new Channel.OpenedFile(file.toString(), Samples.OURS))) {
            for (int number = 0; number < BLOCKS; number++) {
                new Random(number).nextBytes(expected);
                in.readNBytes(block, 0, BLOCK);
                if (!java.util.Arrays.equals(block, expected)) {
                    throw new IllegalStateException("block " + number + " came back changed");
                }
            }
            if (in.read() >= 0) {
                throw new IllegalStateException("more came back than was written");
            }
        }
        System.out.println(Files.readString(Path.of("/proc/self/status")));
    }
}
