package dev.windlass.activities.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares an inventory with a walk through the unpacked files, side by side, so that millions of files need no memory. What
 * was moving may be there in any state or not at all; what only the copy has was deleted while the archive was made.
 */
public final class InventoryComparison implements FileReading.Sink {
    private final BufferedReader inventory;
    private final boolean ownersCount;
    private final List<Difference> differences = new ArrayList<>();
    private @Nullable FileFacts expected;
    private int count;
    private long compared;
    private long bytes;
    private long moving;

    /**
     * @param inventory one JSON line for each path, in the order of a walk
     * @param ownersCount whether files were unpacked by root, who alone can give them away
     */
    public InventoryComparison(BufferedReader inventory, boolean ownersCount) throws IOException {
        this.inventory = inventory;
        this.ownersCount = ownersCount;
        next();
    }

    @Override
    public void take(FileFacts found) throws IOException {
        while (expected != null && expected.comparePlace(found) < 0) {
            missed(expected);
            next();
        }
        if (expected != null && expected.comparePlace(found) == 0) {
            compare(expected, found);
            next();
        }
    }

    /** What the walk did not come to is missing. */
    public void finish() throws IOException {
        while (expected != null) {
            missed(expected);
            next();
        }
        if (compared == 0 && moving > 0) {
            count++;
            differences.add(new Difference(
                    "all " + moving + " paths", "some that can be compared", "all changed while they were read"));
        }
    }

    /** The first ones; {@link #count} tells how many there are. */
    public List<Difference> differences() {
        return List.copyOf(differences);
    }

    public int count() {
        return count;
    }

    public long compared() {
        return compared;
    }

    /** In the files that were compared. */
    public long bytes() {
        return bytes;
    }

    public long moving() {
        return moving;
    }

    private void next() throws IOException {
        String line = inventory.readLine();
        try {
            expected = line == null ? null : PayloadJson.read(line, FileFacts.class);
        } catch (JsonProcessingException broken) {
            throw new IOException("a line of the inventory cannot be read", broken);
        }
    }

    private void missed(FileFacts gone) {
        if (gone.moving()) {
            moving++;
        } else {
            compared++;
            differ(gone, "there", "missing");
        }
    }

    private void compare(FileFacts was, FileFacts is) {
        if (was.moving()) {
            moving++;
            return;
        }
        compared++;
        bytes += was.bytes();
        differ(was, was.kind().name(), is.kind().name());
        if (was.kind() != is.kind()) {
            return;
        }
        differ(was, was.content(), is.content());
        if (was.kind() != FileFacts.Kind.LINK) {
            differ(was, "mode " + was.mode(), "mode " + is.mode());
        }
        if (was.kind() == FileFacts.Kind.FILE) {
            differ(was, "modified at " + was.modified(), "modified at " + is.modified());
        }
        if (ownersCount) {
            differ(was, was.owner() + ":" + was.group(), is.owner() + ":" + is.group());
        }
    }

    private void differ(FileFacts of, String was, String is) {
        if (was.equals(is)) {
            return;
        }
        count++;
        if (differences.size() < DatabaseProof.MOST_DIFFERENCES) {
            differences.add(new Difference("/" + of.path(), was, is));
        }
    }
}
