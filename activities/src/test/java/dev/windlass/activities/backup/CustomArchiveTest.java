package dev.windlass.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On archives made here byte by byte: of pg_dump 16 and later no program is at hand. {@link DataOffsetsTest} has real ones. */
class CustomArchiveTest {
    private static final int TABLE = 300;
    private static final int EMPTY_TABLE = 7;
    private static final int LARGE_OBJECTS = 301;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16})
    void findsEveryBlockOfEachVersion(int minor) {
        Written archive = archive(minor);

        assertThat(seen(archive.bytes(), 1 << 20).offsets())
                .hasSize(3)
                .containsEntry(archive.flags.get(0), archive.blocks.get(1))
                .containsEntry(archive.flags.get(2), archive.blocks.get(0))
                .containsEntry(archive.flags.get(3), archive.blocks.get(2));
    }

    @Test
    void findsTheSameWhereverTheBytesAreCut() {
        byte[] bytes = archive(14).bytes();
        CustomArchive whole = seen(bytes, bytes.length);

        for (int piece : new int[] {1, 2, 3, 7, 64}) {
            assertThat(seen(bytes, piece).offsets()).isEqualTo(whole.offsets());
        }
        assertThat(whole.length()).isEqualTo(bytes.length);
    }

    @Test
    void beginsAnewWhenTheCommandIsStartedAgain() {
        byte[] bytes = archive(14).bytes();
        CustomArchive archive = new CustomArchive();
        archive.begin();
        archive.passed(bytes, 0, bytes.length / 2);
        archive.begin();
        archive.passed(bytes, 0, bytes.length);

        assertThat(archive.offsets()).isEqualTo(seen(bytes, bytes.length).offsets());
    }

    @Test
    void saysNothingAboutAnArchiveThatEndsEarly() {
        byte[] bytes = archive(14).bytes();

        for (int length = 0; length < bytes.length; length++) {
            assertThat(seen(Arrays.copyOf(bytes, length), 50).offsets())
                    .as("%s of %s bytes", length, bytes.length)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13, 17, 255})
    void saysNothingAboutOtherVersions(int minor) {
        assertThat(seen(archive(minor).bytes(), 50).offsets()).isEmpty();
    }

    @Test
    void saysNothingAboutOtherFormatsSizesAndFiles() {
        for (int at : new int[] {0, 4, 5, 8, 9, 10}) {
            byte[] bytes = archive(14).bytes();
            bytes[at]++;
            assertThat(seen(bytes, 50).offsets()).as("byte %s", at).isEmpty();
        }
        assertThat(seen("CREATE TABLE a ();\n".getBytes(StandardCharsets.UTF_8), 50)
                        .offsets())
                .isEmpty();
    }

    @Test
    void saysNothingWhereBytesFollowOrABlockIsUnexpected() {
        Written more = archive(14);
        more.write(5);
        Written twice = archive(14);
        twice.block(1, TABLE).integer(0);
        Written unknown = archive(14);
        unknown.block(1, 9999).integer(0);
        Written negative = archive(14);
        negative.block(1, TABLE).integer(-3);

        for (Written archive : List.of(more, twice, unknown, negative)) {
            assertThat(seen(archive.bytes(), 50).offsets()).isEmpty();
        }
    }

    @Test
    void survivesEveryByteBeingWrong() {
        byte[] right = archive(16).bytes();
        for (int at = 0; at < right.length; at++) {
            for (int wrong : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
                byte[] bytes = right.clone();
                bytes[at] = (byte) wrong;
                assertThat(seen(bytes, 50).offsets().values()).allMatch(offset -> offset > 0 && offset < bytes.length);
            }
        }
    }

    @Test
    void writesTheFlagAndTheOffsetAndNothingElse() throws IOException {
        Written archive = archive(16);
        Path dump = Files.write(directory.resolve("dump"), archive.bytes());
        DataOffsets.write(seen(archive.bytes(), 50), dump);

        byte[] expected = archive.bytes();
        int[] blocks = {1, -1, 0, 2};
        for (int entry : new int[] {0, 2, 3}) {
            int flag = Math.toIntExact(archive.flags.get(entry));
            expected[flag] = 2;
            int block = Math.toIntExact(archive.blocks.get(blocks[entry]));
            expected[flag + 1] = (byte) block;
            expected[flag + 2] = (byte) (block >> 8);
        }
        assertThat(Files.readAllBytes(dump)).isEqualTo(expected);
    }

    @Test
    void leavesAFileAloneThatIsNotTheArchive() throws IOException {
        byte[] bytes = archive(14).bytes();
        Path shorter = Files.write(directory.resolve("shorter"), Arrays.copyOf(bytes, bytes.length - 1));
        Path target = Files.write(directory.resolve("target"), bytes);
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);

        DataOffsets.write(seen(bytes, 50), shorter);
        DataOffsets.write(seen(bytes, 50), link);
        DataOffsets.write(seen(bytes, 50), directory.resolve("absent"));

        assertThat(Files.readAllBytes(shorter)).isEqualTo(Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
        assertThat(directory.resolve("absent")).doesNotExist();
    }

    private static CustomArchive seen(byte[] bytes, int piece) {
        CustomArchive archive = new CustomArchive();
        archive.begin();
        for (int at = 0; at < bytes.length; at += piece) {
            archive.passed(bytes, at, Math.min(piece, bytes.length - at));
        }
        return archive;
    }

    /** Four entries, of which the second has no data; the blocks come in another order than the entries. */
    private static Written archive(int minor) {
        Written archive = new Written();
        archive.write('P', 'G', 'D', 'M', 'P', 1, minor, 0, 4, 8, 1);
        if (minor >= 15) {
            archive.write(0);
        } else {
            archive.integer(0);
        }
        for (int number : new int[] {1, 2, 3, 24, 10, 126, 0}) {
            archive.integer(number);
        }
        archive.string("bücher").string("17.2").string("17.2").integer(4);
        archive.entry(minor, TABLE, 1)
                .entry(minor, 12, 3)
                .entry(minor, EMPTY_TABLE, 1)
                .entry(minor, LARGE_OBJECTS, 1);
        archive.block(1, EMPTY_TABLE).integer(0);
        archive.block(1, TABLE).string("1\tone\n").string("2\t\\N\n").integer(0);
        archive.block(3, LARGE_OBJECTS).integer(-5).string("x".repeat(400)).integer(0);
        archive.integer(70_000).integer(0).integer(0);
        return archive;
    }

    /** The bytes that WriteInt, WriteStr, WriteToc and _StartData would write. */
    private static final class Written {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final List<Long> flags = new ArrayList<>();
        private final List<Long> blocks = new ArrayList<>();

        byte[] bytes() {
            return out.toByteArray();
        }

        Written write(int... bytes) {
            for (int one : bytes) {
                out.write(one);
            }
            return this;
        }

        Written integer(int number) {
            int size = Math.abs(number);
            return write(number < 0 ? 1 : 0, size, size >> 8, size >> 16, size >> 24);
        }

        Written string(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            integer(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        Written entry(int minor, int dumpId, int flag) {
            integer(dumpId).integer(flag == 1 ? 1 : 0).string("1259").string("16400");
            string("a").string("TABLE DATA").integer(3).string("").integer(-1).string("COPY a FROM stdin;\n");
            string("public").string("").integer(-1);
            if (minor >= 16) {
                integer('r');
            }
            string("owner").string("false").string("12").string("13").integer(-1);
            flags.add((long) out.size());
            return write(flag, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        Written block(int type, int dumpId) {
            blocks.add((long) out.size());
            return write(type).integer(dumpId);
        }
    }
}
