package dev.windlass.activities.shell;

import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens what a command reads from and writes to. */
final class Channels {
    private final SealedFiles sealedFiles;

    Channels(SealedFiles sealedFiles) {
        this.sealedFiles = sealedFiles;
    }

    InputStream openInput(Channel channel) {
        try {
            return switch (channel) {
                case Channel.None none -> InputStream.nullInputStream();
                case Channel.Text text -> new ByteArrayInputStream(text.text().getBytes(StandardCharsets.UTF_8));
                case Channel.PlainFile file -> Files.newInputStream(Path.of(file.path()));
                case Channel.OpenedFile file -> sealedFiles.open(file);
                case Channel.SealedFile file -> throw wrongWay("input", file.path());
            };
        } catch (IOException unreadable) {
            throw StreamFailures.reading(describe(channel), unreadable);
        }
    }

    Sink openOutput(Channel channel) {
        try {
            return switch (channel) {
                case Channel.None none -> new FirstLines();
                case Channel.PlainFile file -> new PlainFileSink(Path.of(file.path()));
                case Channel.SealedFile file -> new SealedFileSink(sealedFiles.begin(file));
                case Channel.Text text -> throw wrongWay("output", "text");
                case Channel.OpenedFile file -> throw wrongWay("output", file.path());
            };
        } catch (IOException unwritable) {
            throw StreamFailures.writing(describe(channel), unwritable);
        }
    }

    static String describe(Channel channel) {
        return switch (channel) {
            case Channel.None none -> "the standard stream";
            case Channel.Text text -> "a text";
            case Channel.PlainFile file -> file.path();
            case Channel.SealedFile file -> file.path();
            case Channel.OpenedFile file -> file.path();
        };
    }

    private static RuntimeException wrongWay(String direction, String what) {
        return new Failure(
                        FailureType.CONFIGURATION,
                        what + " cannot be the " + direction + " of a command",
                        "this is a mistake in the plan: report it, with the output of `windlass plan`",
                        "backup.md#configuration")
                .asException();
    }
}
