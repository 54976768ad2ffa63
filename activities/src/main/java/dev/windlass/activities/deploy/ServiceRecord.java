package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.runbooks.deploy.ServiceLayout;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which images a service was given and kept, and which were brought here for it. Only those are ever removed: another
 * environment may use the same repository.
 *
 * @param brought by runs that have not kept them
 */
record ServiceRecord(ReleaseRecord kept, List<Release> brought) {
    ServiceRecord {
        brought = List.copyOf(brought);
    }

    static ServiceRecord read(ServiceLayout layout) {
        Path file = Path.of(layout.record());
        return ProcessState.text(file)
                .map(json -> parse(file, json))
                .orElseGet(() -> new ServiceRecord(new ReleaseRecord(List.of()), List.of()));
    }

    private static ServiceRecord parse(Path file, String json) {
        try {
            return PayloadJson.read(json, ServiceRecord.class);
        } catch (JsonProcessingException broken) {
            throw DeployFailures.unreadable(file, new IOException(broken.getOriginalMessage()));
        }
    }

    ServiceRecord prepared(Release release) {
        List<Release> all = new ArrayList<>(List.of(release));
        brought.stream().filter(each -> !each.equals(release)).forEach(all::add);
        return new ServiceRecord(kept, all);
    }

    ServiceRecord with(Release release, Instant now, Optional<List<AppliedMigration>> applied) {
        return new ServiceRecord(
                kept.with(release, now, applied),
                brought.stream().filter(each -> !each.equals(release)).toList());
    }

    ServiceRecord only(Predicate<Release> wanted) {
        return new ServiceRecord(
                new ReleaseRecord(kept.releases().stream()
                        .filter(each -> wanted.test(each.release()))
                        .toList()),
                brought.stream().filter(wanted).toList());
    }

    /** Those kept last first, then what was never kept. */
    List<Release> all() {
        return Stream.concat(kept.releases().stream().map(ReleaseRecord.Kept::release), brought.stream())
                .distinct()
                .toList();
    }

    /** Of two versions that are one image the one that was kept last. */
    Optional<Release> withContent(String digest) {
        return all().stream()
                .filter(release -> release.content().equals(digest))
                .findFirst();
    }

    /** By the step's own commands; the rename makes it whole or not at all. */
    void write(DeployStep step) {
        step.runToItsEnd(step.command("install", ""));
        Command tee = step.command("tee", "");
        step.runToItsEnd((Command)
                Slots.of("releases", PayloadJson.canonical(this) + "\n").fill((Effect) tee));
        step.runToItsEnd(step.command("mv", "-T"));
    }
}
