package dev.windlass.activities.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A process as /proc shows it. The handle is taken before anything is read and refuses to kill another process that got
 * the same number meanwhile (it compares start times).
 */
record RunningProcess(ProcessHandle handle, long parent, long group, long session) {
    private static final Path PROC = Path.of("/proc");

    long pid() {
        return handle.pid();
    }

    /** Empty for a process that is gone, is a zombie, or is none of our business to read. */
    static Optional<RunningProcess> read(ProcessHandle handle) {
        return statusOf(handle.pid()).flatMap(stat -> parse(handle, stat));
    }

    private static Optional<String> statusOf(long pid) {
        return bytes(pid, "stat").map(found -> new String(found, StandardCharsets.ISO_8859_1));
    }

    /** Form of proc(5): {@code pid (name) state ppid pgrp session …}; the name may hold blanks and parentheses. */
    static Optional<RunningProcess> parse(ProcessHandle handle, String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 5);
        if (fields.length < 5 || fields[0].equals("Z") || fields[0].equals("X")) {
            return Optional.empty();
        }
        return Optional.of(new RunningProcess(
                handle, Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3])));
    }

    /** Whether its environment, as it was when its program began, holds exactly this variable and value. */
    boolean hasVariable(String name, String value) {
        byte[] wanted = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
        byte[] environment = bytes(pid(), "environ").orElse(new byte[0]);
        int start = 0;
        for (int at = 0; at <= environment.length; at++) {
            if (at == environment.length || environment[at] == 0) {
                if (Arrays.equals(environment, start, at, wanted, 0, wanted.length)) {
                    return true;
                }
                start = at + 1;
            }
        }
        return false;
    }

    /** Lines such as {@code 0::/system.slice/NAME.scope}. */
    String controlGroups() {
        return bytes(pid(), "cgroup")
                .map(found -> new String(found, StandardCharsets.UTF_8))
                .orElse("");
    }

    private static Optional<byte[]> bytes(long pid, String file) {
        try {
            return Optional.of(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file)));
        } catch (IOException goneOrForbidden) {
            return Optional.empty();
        }
    }
}
