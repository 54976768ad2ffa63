package dev.windlass.activities.logs;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.shell.StepLogFiles;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.workflows.kernel.StepId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pieces of logs in the bucket: {@code logs/<run>/<from>-<to>-<time>.log.zst.age}, bytes of the log and when they were sent.
 * None is written over.
 */
final class LogCopies {
    private static final String FOLDER = "logs/";
    private static final Pattern KEY =
            Pattern.compile("logs/([A-Za-z0-9_.-]+)/(\\d{12})-(\\d{12})-(\\d{8}T\\d{6}Z)\\.log\\.zst\\.age");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    private final ObjectStore store;

    LogCopies(ObjectStore store) {
        this.store = store;
    }

    /** @param run as in the name of its file */
    record Piece(String key, String run, long from, long to, Instant sent) {
        static Piece of(String run, long from, long to, Instant now) {
            String key = "%s%s/%012d-%012d-%s.log.zst.age"
                    .formatted(FOLDER, run, from, to, TIME.format(now.atOffset(ZoneOffset.UTC)));
            return new Piece(key, run, from, to, now);
        }
    }

    List<Piece> ofAll() {
        return below(FOLDER);
    }

    List<Piece> of(String workflowId) {
        return below(folderOf(workflowId));
    }

    static String folderOf(String workflowId) {
        return FOLDER + StepLogFiles.nameOf(workflowId) + "/";
    }

    private List<Piece> below(String prefix) {
        List<Piece> pieces = new ArrayList<>();
        for (ObjectStore.StoredObject object : store.list(prefix, looking())) {
            Matcher key = KEY.matcher(object.key());
            if (key.matches()) {
                pieces.add(new Piece(
                        object.key(),
                        key.group(1),
                        Long.parseLong(key.group(2)),
                        Long.parseLong(key.group(3)),
                        LocalDateTime.parse(key.group(4), TIME).toInstant(ZoneOffset.UTC)));
            }
        }
        return pieces;
    }

    void send(Piece piece, byte[] sealed) {
        store.putIfAbsent(piece.key(), sealed, looking());
    }

    void remove(Piece piece) {
        store.delete(piece.key(), looking());
    }

    String store() {
        return store.name().value();
    }

    /** Copying belongs to no run. */
    private static StepContext looking() {
        return new StepContext(new StepToken("logs", "logs", StepId.of("logs")), progress -> {}, EffectJournal.none());
    }
}
