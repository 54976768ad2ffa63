package dev.windlass.activities.dns;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What records were before each run: a file on this machine, so that the way back needs neither Temporal nor memory. */
final class WrittenRecords {
    private final Path directory;

    /** The form of a file. */
    record Content(List<RecordMove> moves) {
        Content {
            moves = List.copyOf(moves);
        }

        private Optional<RecordMove> of(RecordMove other) {
            return moves.stream()
                    .filter(move -> move.from().id().equals(other.from().id()))
                    .findFirst();
        }
    }

    WrittenRecords(Path state) {
        this.directory = state.resolve("dns");
    }

    /** What a run wrote first of a record stays: it may have changed some when it is begun again. */
    void write(String run, List<RecordMove> moves) {
        Content before = read(run).orElseGet(() -> new Content(List.of()));
        List<RecordMove> all = new ArrayList<>(moves.stream()
                .map(move -> before.of(move)
                        .map(first -> new RecordMove(first.from(), move.to()))
                        .orElse(move))
                .toList());
        Content now = new Content(moves);
        before.moves().stream().filter(move -> now.of(move).isEmpty()).forEach(all::add);
        Path file = file(run);
        Path part = DurableFiles.partOf(file);
        try {
            DurableFiles.makeDirectories(directory);
            try (FileChannel channel = DurableFiles.create(part)) {
                channel.write(ByteBuffer.wrap(PayloadJson.mapper().writeValueAsBytes(new Content(all))));
                channel.force(true);
            }
            DurableFiles.publish(part, file);
        } catch (IOException unwritable) {
            throw DurableFiles.unchecked(unwritable, file);
        }
    }

    Optional<Content> read(String run) {
        Path file = file(run);
        try {
            return Optional.of(PayloadJson.mapper().readValue(Files.readAllBytes(file), Content.class));
        } catch (NoSuchFileException never) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw DurableFiles.unchecked(unreadable, file);
        }
    }

    /** The newest last. */
    List<String> runs() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw DurableFiles.unchecked(unreadable, directory);
        }
    }

    private Path file(String run) {
        return directory.resolve(run + ".json");
    }
}
