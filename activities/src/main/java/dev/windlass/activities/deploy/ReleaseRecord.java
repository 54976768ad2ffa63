package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code releases.json}: which releases were kept, the one kept last first. */
record ReleaseRecord(List<Kept> releases) {
    /** @param applied the migrations that the app's database had then; none where nobody knows, as in older records */
    record Kept(Release release, Instant deployed, Optional<List<AppliedMigration>> applied) {
        Kept {
            applied = applied.map(List::copyOf);
        }
    }

    ReleaseRecord {
        releases = List.copyOf(releases);
    }

    static ReleaseRecord read(ProcessLayout layout) {
        Path file = Path.of(layout.record());
        return ProcessState.text(file).map(json -> parse(file, json)).orElseGet(() -> new ReleaseRecord(List.of()));
    }

    private static ReleaseRecord parse(Path file, String json) {
        try {
            return PayloadJson.read(json, ReleaseRecord.class);
        } catch (JsonProcessingException broken) {
            throw DeployFailures.unreadable(file, new IOException(broken.getOriginalMessage()));
        }
    }

    /** The same when the release is the last one already: an earlier attempt has written it. */
    ReleaseRecord with(Release release, Instant now, Optional<List<AppliedMigration>> applied) {
        if (!releases.isEmpty() && releases.getFirst().release().equals(release)) {
            return this;
        }
        List<Kept> kept = new ArrayList<>(List.of(new Kept(release, now, applied)));
        releases.stream().filter(each -> !each.release().equals(release)).forEach(kept::add);
        return new ReleaseRecord(kept);
    }

    Optional<Kept> find(Release release) {
        return releases.stream().filter(each -> each.release().equals(release)).findFirst();
    }

    ReleaseRecord only(List<Release> onDisk) {
        return new ReleaseRecord(releases.stream()
                .filter(each -> onDisk.contains(each.release()))
                .toList());
    }

    String json() {
        return PayloadJson.canonical(this) + "\n";
    }
}
