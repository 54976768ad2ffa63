package dev.windlass.activities.deploy;

import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation.Serving;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.deploy.ReleaseList.Entry;
import dev.windlass.workflows.deploy.ReleaseList.State;
import dev.windlass.workflows.deploy.ReleaseListRequest;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can serve again: releases on the disk, with what the record says of them. */
final class Releases {
    private final ProcessLayout layout;
    private final ProcessState state;

    Releases(ProcessLayout layout) {
        this.layout = layout;
        this.state = new ProcessState(layout);
    }

    ReleaseList list(ReleaseListRequest request) {
        Optional<Serving> serving = state.serving();
        Optional<Release> now = serving.map(Serving::release);
        List<Release> onDisk = state.releases();
        List<ReleaseRecord.Kept> kept = ReleaseRecord.read(layout).only(onDisk).releases();
        Optional<Release> before = kept.stream()
                .map(ReleaseRecord.Kept::release)
                .filter(release -> !now.equals(Optional.of(release)))
                .findFirst();
        List<Entry> entries = new ArrayList<>();
        // A run that has not come to its end has not written the record.
        now.filter(release -> kept.stream().noneMatch(each -> each.release().equals(release)))
                .ifPresent(release -> entries.add(entry(release, Optional.empty(), Optional.empty(), serving, before)));
        kept.forEach(each ->
                entries.add(entry(each.release(), Optional.of(each.deployed()), each.applied(), serving, before)));
        onDisk.stream()
                .filter(release ->
                        entries.stream().noneMatch(entry -> entry.release().equals(release)))
                .forEach(release ->
                        entries.add(new Entry(release, Optional.empty(), State.NEVER_KEPT, "", Optional.empty())));
        return new ReleaseList(request.app(), request.environment(), entries);
    }

    private Entry entry(
            Release release,
            Optional<Instant> deployed,
            Optional<List<AppliedMigration>> applied,
            Optional<Serving> serving,
            Optional<Release> before) {
        Optional<Serving> here = serving.filter(now -> now.release().equals(release));
        State state =
                here.isPresent() ? State.SERVING : before.equals(Optional.of(release)) ? State.BEFORE : State.KEPT;
        return new Entry(
                release,
                deployed,
                state,
                here.map(now -> layout.where(now.colour())).orElse(""),
                applied);
    }
}
