package dev.windlass.activities.logs;

import dev.windlass.activities.logs.LogCopies.Piece;
import dev.windlass.activities.sealing.SealedBytes;
import dev.windlass.activities.shell.StepLogFiles;
import dev.windlass.activities.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sends what runs have printed to the bucket, compressed and sealed to the recipients of the backups: output of commands can
 * hold what only they should read. What is old there is removed by the rule for the files here. Whoever calls it decides
 * how often.
 */
public final class LogCopying {
    private final StepLogFiles logs;
    private final LogCopies copies;
    private final List<String> recipients;
    private final Clock clock;
    private final Map<Path, Long> sent = new HashMap<>();

    public LogCopying(StepLogFiles logs, ObjectStore store, List<String> recipients, Clock clock) {
        this.logs = logs;
        this.copies = new LogCopies(store);
        this.recipients = List.copyOf(recipients);
        this.clock = clock;
    }

    /**
     * Safe to repeat, and to be killed anywhere: it asks the bucket what is there.
     *
     * @return how many pieces were sent
     */
    public int copy() {
        try {
            List<Path> news = new ArrayList<>();
            for (Path log : logs.files()) {
                if (size(log) != sent.getOrDefault(log, 0L)) {
                    news.add(log);
                }
            }
            // The bucket is asked only when there is something to say.
            return news.isEmpty() ? 0 : copy(news);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private int copy(List<Path> news) throws IOException {
        Map<String, List<Piece>> pieces = copies.ofAll().stream().collect(Collectors.groupingBy(Piece::run));
        removeOld(pieces);
        int count = 0;
        for (Path log : news) {
            String run = StepLogFiles.runOf(log);
            long from = sentOf(pieces.getOrDefault(run, List.of()), size(log));
            for (RunLogFile.Part part = RunLogFile.read(log, from);
                    part.bytes().length > 0;
                    part = RunLogFile.read(log, from)) {
                Piece piece = Piece.of(run, from, part.end(), clock.instant());
                copies.send(piece, SealedBytes.of(part.bytes(), recipients));
                from = part.end();
                count++;
            }
            sent.put(log, from);
        }
        return count;
    }

    /** As on the disk: a run's pieces go together, when the newest is old. */
    private void removeOld(Map<String, List<Piece>> pieces) {
        Instant since = clock.instant().minus(StepLogFiles.KEPT);
        pieces.values().removeIf(ofRun -> {
            boolean old = ofRun.stream().allMatch(piece -> piece.sent().isBefore(since));
            if (old) {
                ofRun.forEach(copies::remove);
            }
            return old;
        });
    }

    /** A file that is shorter than what was sent is another one, under an id that was used before. */
    private static long sentOf(List<Piece> pieces, long size) {
        long to = pieces.stream()
                .max(Comparator.comparing(Piece::sent).thenComparing(Piece::to))
                .map(Piece::to)
                .orElse(0L);
        return to > size ? 0 : to;
    }

    private static long size(Path log) throws IOException {
        try {
            return Files.size(log);
        } catch (NoSuchFileException removedMeanwhile) {
            return 0;
        }
    }
}
