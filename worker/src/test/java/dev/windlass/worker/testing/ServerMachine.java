package dev.windlass.worker.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A bare machine with systemd and sshd, as it is rented; in namespaces. Its key opens root, and it is on a wire to this one. */
public final class ServerMachine implements AutoCloseable {
    private static final Path SCRIPT = Path.of("../activities/src/test/scripts/systemd-machine");
    /** No other process that runs beside this one has the same: two machines with one address answer for each other. */
    private static final String NET = "10." + (64 + ProcessHandle.current().pid() / 256 % 64) + "."
            + ProcessHandle.current().pid() % 256 + ".";

    private static int started;

    private final Path state;
    private final Path key;
    private final String host;
    private final String guest;

    private ServerMachine(Path state, Path key, String host, String guest) {
        this.state = state;
        this.key = key;
        this.host = host;
        this.guest = guest;
    }

    /** @param directory the machine's files go below it, and what it writes into memory */
    public static synchronized ServerMachine start(Path directory) throws IOException {
        int number = ++started;
        Path key = directory.resolve("machine.key");
        if (!Files.exists(key)) {
            Programs.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        }
        ServerMachine machine = new ServerMachine(
                directory.resolve("vm" + ProcessHandle.current().pid() + "-" + number),
                key,
                NET + (number * 4 + 1),
                NET + (number * 4 + 2));
        Programs.run(
                SCRIPT.toString(),
                "start",
                machine.state.toString(),
                "--server",
                machine.host,
                machine.guest,
                key + ".pub");
        return machine;
    }

    /** This machine's address on the wire. */
    public String host() {
        return host;
    }

    /** Its own address. */
    public String address() {
        return guest;
    }

    public Path key() {
        return key;
    }

    /** As its provider's console would show it. */
    public String hostKey() throws IOException {
        return exec("ssh-keygen", "-lf", "/etc/ssh/ssh_host_ed25519_key.pub").split(" ")[1];
    }

    /** @return what the command printed inside */
    public String exec(String... words) throws IOException {
        return Programs.run(inside(words).toArray(String[]::new));
    }

    /** Whether a command ends with 0 inside. */
    public boolean succeeds(String... words) throws IOException {
        Process process = new ProcessBuilder(inside(words))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Writes a file inside. */
    public void write(String file, String text) throws IOException {
        Process process = new ProcessBuilder(inside("install", "-m", "0600", "/dev/stdin", file)).start();
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("cannot write " + file + " inside");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private List<String> inside(String... words) {
        List<String> all = new ArrayList<>(List.of(SCRIPT.toString(), "exec", state.toString()));
        all.addAll(List.of(words));
        return all;
    }

    @Override
    public void close() throws IOException {
        Programs.run(SCRIPT.toString(), "stop", state.toString());
    }
}
