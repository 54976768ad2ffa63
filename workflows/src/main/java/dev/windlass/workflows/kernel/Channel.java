package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Where a command's standard input comes from, or where its standard output goes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "channel")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Channel.None.class, name = "none"),
    @JsonSubTypes.Type(value = Channel.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Channel.PlainFile.class, name = "plain-file"),
    @JsonSubTypes.Type(value = Channel.SealedFile.class, name = "sealed-file"),
    @JsonSubTypes.Type(value = Channel.OpenedFile.class, name = "opened-file")
})
public sealed interface Channel {
    /** Input: nothing. Output: a bounded tail is kept for the report. */
    record None() implements Channel {}

    /** Input only: this text. */
    record Text(String text) implements Channel {}

    /** A file as it is. */
    record PlainFile(String path) implements Channel {
        public PlainFile {
            Paths.requireAbsolute(path);
        }
    }

    /** Output only: compressed with zstd at this level, encrypted to these age recipients, hashed, renamed into place. */
    record SealedFile(String path, int zstdLevel, List<String> recipients) implements Channel {
        public SealedFile {
            Paths.requireAbsolute(path);
            recipients = List.copyOf(recipients);
            if (zstdLevel < 1 || zstdLevel > 19) {
                throw new IllegalArgumentException("zstd level " + zstdLevel + " must be between 1 and 19");
            }
            if (recipients.isEmpty()) {
                throw new IllegalArgumentException("a sealed file needs at least one age recipient");
            }
        }
    }

    /** Input only: a sealed file, decrypted with this identity and decompressed. */
    record OpenedFile(String path, SecretReference identity) implements Channel {
        public OpenedFile {
            Paths.requireAbsolute(path);
        }
    }
}
