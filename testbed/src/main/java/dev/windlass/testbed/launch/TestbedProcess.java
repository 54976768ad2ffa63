package dev.windlass.testbed.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts a double as a process and waits until it is ready. Needs nothing but the JDK. */
public final class TestbedProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final String ready;

    private TestbedProcess(Process process, String ready) {
        this.process = process;
        this.ready = ready;
    }

    /**
     * @param classPath {@code target/windlass-testbed-VERSION.jar:target/lib/*}
     * @param directory for the ready file and the double's output
     * @param arguments the double's name, then its options
     */
    public static TestbedProcess start(String classPath, Path directory, List<String> arguments)
            throws IOException, InterruptedException {
        Path readyFile = directory.resolve(arguments.getFirst() + ".ready.json");
        Path output = directory.resolve(arguments.getFirst() + ".log");
        Files.deleteIfExists(readyFile);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath,
                "dev.windlass.testbed.TestbedMain"));
        command.addAll(arguments);
        command.addAll(List.of(
                "--ready-file",
                readyFile.toString(),
                "--parent-pid",
                Long.toString(ProcessHandle.current().pid())));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(readyFile)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > until) {
                process.destroyForcibly();
                throw new IOException(
                        "testbed " + arguments.getFirst() + " did not become ready: " + Files.readString(output));
            }
        }
        return new TestbedProcess(process, Files.readString(readyFile));
    }

    /** A field of the ready line, such as r2, control, ca, slack, webhook, smtp. */
    public String field(String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(ready);
        if (!field.find()) {
            throw new IllegalArgumentException("no field " + name + " in " + ready);
        }
        return field.group(1);
    }

    /** SIGKILL, and waits for the end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
