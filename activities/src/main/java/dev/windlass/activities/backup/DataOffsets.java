package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.Shell;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;

/**
 * The offsets that pg_dump cannot write into a pipe. With them each worker of pg_restore goes straight to its table; without
 * them each reads its way there from the start of the file. An unpacked dump has them as if pg_dump had written that file.
 */
final class DataOffsets {
    private static final byte K_OFFSET_POS_SET = 2;

    private DataOffsets() {}

    /** Runs the step's dd, which unpacks the dump that the step's pg_restore reads. */
    static CommandResult unpack(Shell shell, Step step, StepContext context) {
        CustomArchive archive = new CustomArchive();
        CommandResult result = shell.run(step.command("dd"), context, archive);
        if (result.isSuccess()) {
            write(archive, Path.of(step.commands("pg_restore").getFirst().argv().getLast()));
        }
        return result;
    }

    /** Does nothing unless the file is the archive, and the archive was understood to its end. */
    static void write(CustomArchive archive, Path dump) {
        SortedMap<Long, Long> offsets = archive.offsets();
        // The directory belongs to the scratch cluster's user, so a link in it may lead anywhere.
        try (FileChannel file = FileChannel.open(dump, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (file.size() != archive.length()) {
                return;
            }
            for (Map.Entry<Long, Long> offset : offsets.entrySet()) {
                ByteBuffer bytes = ByteBuffer.allocate(ArchiveField.OFFSET_SIZE).order(ByteOrder.LITTLE_ENDIAN);
                write(file, bytes.putLong(offset.getValue()).flip(), offset.getKey() + 1);
                // Last: until the flag says so, the offset does not count.
                write(file, ByteBuffer.wrap(new byte[] {K_OFFSET_POS_SET}), offset.getKey());
            }
        } catch (IOException unwritable) {
            // The dump restores without offsets too. Whatever is wrong with the file, pg_restore is the one to say it.
        }
    }

    private static void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }
}
