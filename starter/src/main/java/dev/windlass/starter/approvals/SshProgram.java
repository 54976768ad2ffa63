package dev.windlass.starter.approvals;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.kernel.Effect.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs OpenSSH's programs here, with the person at the terminal: they ask for the passphrase themselves. */
final class SshProgram {
    record Result(int exitCode, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    private final Door door;

    SshProgram(Door door) {
        this.door = door;
    }

    Result run(Command command, String input, ProcessBuilder.Redirect errors) {
        ProcessBuilder builder = new ProcessBuilder(command.argv()).redirectError(errors);
        builder.environment().putAll(door.environment());
        try {
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException failed) {
            throw new Complaint(
                    command.program() + " cannot be run: " + failed.getMessage(),
                    "install OpenSSH 8.2 or newer (the package openssh-client)",
                    "runbooks/approvals.md#no-key",
                    ExitCode.PRECONDITION);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command.program() + " was interrupted", stopped);
        }
    }
}
