package dev.windlass.activities.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person without Windlass reads our files with {@code age -d | zstd -d}, and we read theirs. */
@Tag("integration")
class AgeProgramTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_523, 131_072, 3_000_000})
    void theProgramsReadWhatWeWrite(int length) throws Exception {
        Path sealed = directory.resolve("ours.zst.age");
        byte[] plain = Samples.noise(length);
        Samples.seal(sealed, plain);
        Path key = directory.resolve("key");
        Files.writeString(key, Samples.SECRETS.resolve(Samples.OURS));

        Path compressed = directory.resolve("ours.zst");
        Path back = directory.resolve("ours");
        run("age", "--decrypt", "--identity", key.toString(), "--output", compressed.toString(), sealed.toString());
        run("zstd", "--decompress", "--quiet", "-o", back.toString(), compressed.toString());

        assertThat(Files.readAllBytes(back)).isEqualTo(plain);
        assertThat(run("zstd", "--list", "--verbose", compressed.toString())).contains("XXH64");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_523, 131_072, 3_000_000})
    void weReadWhatTheProgramsWrite(int length) throws Exception {
        Path plain = directory.resolve("plain");
        Files.write(plain, Samples.noise(length));
        Path compressed = directory.resolve("theirs.zst");
        Path sealed = directory.resolve("theirs.zst.age");
        run("zstd", "--quiet", "-3", "-o", compressed.toString(), plain.toString());
        run(
                "age",
                "--recipient",
                Samples.RECIPIENTS.getFirst(),
                "--recipient",
                Samples.RECIPIENTS.getLast(),
                "--output",
                sealed.toString(),
                compressed.toString());

        assertThat(Samples.open(sealed, Samples.OURS)).isEqualTo(Files.readAllBytes(plain));
    }

    @Test
    void ageKeygenAgreesOnTheRecipient() throws Exception {
        Path key = directory.resolve("key");
        run("age-keygen", "--output", key.toString());
        String theirs = run("age-keygen", "-y", key.toString()).strip();

        assertThat(AgeIdentity.parse(Files.readString(key)).getFirst().recipient())
                .isEqualTo(theirs);
    }

    private static String run(String... argv) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(argv)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", argv[0], output).isZero();
        return output;
    }
}
