package dev.windlass.runbooks.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The text of a file that a person wrote. */
public final class FileText {
    private FileText() {}

    /** @param ifMissing what to do when there is no such file */
    public static Optional<String> read(Path file, Problems problems, String ifMissing) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (NoSuchFileException missing) {
            problems.add(1, 1, "there is no such file", ifMissing);
        } catch (CharacterCodingException notText) {
            problems.add(1, 1, "is not UTF-8 text", "save it as UTF-8");
        } catch (IOException unreadable) {
            problems.add(
                    1,
                    1,
                    "cannot be read: " + unreadable.getClass().getSimpleName(),
                    "look at the file and its permissions");
        }
        return Optional.empty();
    }
}
