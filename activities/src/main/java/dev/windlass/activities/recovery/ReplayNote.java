package dev.windlass.activities.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.recovery.ReplayedCluster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What came of a replay, from when all of it is on the disk. An attempt that finds it has nothing to fetch any more: the
 * bucket may not answer, and what was replayed is newer than anything else there is.
 */
record ReplayNote(Path file) {
    /** Empty where nothing is replayed yet. */
    Optional<ReplayedCluster> read() {
        try {
            return Optional.of(PayloadJson.mapper().readValue(Files.readString(file), ReplayedCluster.class));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
    }

    void write(ReplayedCluster replayed) {
        Path part = DurableFiles.partOf(file);
        try (FileChannel channel = DurableFiles.create(part)) {
            channel.write(ByteBuffer.wrap(json(replayed)));
            channel.force(true);
            DurableFiles.publish(part, file);
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
    }

    private static byte[] json(ReplayedCluster replayed) throws JsonProcessingException {
        return PayloadJson.mapper().writeValueAsString(replayed).getBytes(StandardCharsets.UTF_8);
    }
}
