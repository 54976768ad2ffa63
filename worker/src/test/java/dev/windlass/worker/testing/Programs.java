package dev.windlass.worker.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that have to succeed. */
public final class Programs {
    private Programs() {}

    /** @return what it printed */
    public static String run(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException(List.of(words) + " ended with " + exitCode + ": " + output);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        return output;
    }
}
