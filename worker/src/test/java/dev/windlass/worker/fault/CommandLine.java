package dev.windlass.worker.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code bin/windlass} as a person runs it, in a process of its own. */
final class CommandLine {
    private final Path opsFile;
    private final Path home;

    CommandLine(Path opsFile, Path home) {
        this.opsFile = opsFile;
        this.home = home;
    }

    record Said(int exitCode, String out, String err) {
        String whole() {
            return out + err;
        }
    }

    CompletableFuture<Said> begin(String... words) {
        return CompletableFuture.supplyAsync(
                () -> run(words), task -> Thread.ofPlatform().daemon().start(task));
    }

    Said run(String... words) {
        List<String> all = new ArrayList<>(List.of(Built.at("bin/windlass").toString()));
        all.addAll(List.of(words));
        all.addAll(List.of("--config", opsFile.toString()));
        try {
            Path out = Files.createTempFile(home, "said", ".out");
            Path err = Files.createTempFile(home, "said", ".err");
            ProcessBuilder builder = new ProcessBuilder(all)
                    .directory(home.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("HOME", home.toString());
            builder.environment().put("USER", "ana");
            builder.environment().remove("SSH_AUTH_SOCK");
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(all + " goes on for ever: " + Files.readString(out) + Files.readString(err));
            }
            return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
