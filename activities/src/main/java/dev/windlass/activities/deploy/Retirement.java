package dev.windlass.activities.deploy;

import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Slots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The old version stops, the new one stands in the record, and releases that nobody will go back to are removed. */
final class Retirement {
    private final ProcessStep step;

    Retirement(ProcessStep step) {
        this.step = step;
    }

    void retire() {
        Release release = step.order().release();
        ReleaseRecord record = ReleaseRecord.read(step.layout())
                .with(release, step.clock().instant(), step.order().applied());
        SequencedSet<Release> kept = kept(record);
        write(record.only(List.copyOf(kept)));
        step.order().before().ifPresent(before -> new ReleaseStart(step).stop(stopping(), step.colour()));
        Command remove = step.command("rm", "-rf");
        for (Path directory : step.state().directories()) {
            String name = directory.getFileName().toString();
            if (kept.stream().map(ProcessLayout::name).noneMatch(name::equals)) {
                step.runToItsEnd((Command) Slots.of("old-release", name).fill((Effect) remove));
            }
        }
    }

    /** The serving one and the one before it, whatever their number, then those that were kept last. */
    private SequencedSet<Release> kept(ReleaseRecord record) {
        SequencedSet<Release> kept = new LinkedHashSet<>(List.of(step.order().release()));
        step.order().before().ifPresent(kept::add);
        step.state().serving().ifPresent(serving -> kept.add(serving.release()));
        for (ReleaseRecord.Kept each : record.releases()) {
            if (kept.size() < step.layout().target().keepReleases()) {
                kept.add(each.release());
            }
        }
        return kept;
    }

    private void write(ReleaseRecord record) {
        Slots slots = Slots.of("releases", record.json());
        Command tee = step.command("tee", "");
        step.runToItsEnd((Command) slots.fill((Effect) tee));
        step.runToItsEnd(step.command("mv", "-T"));
    }

    /** Without the commands that belong to the record and to old releases. */
    private List<Effect> stopping() {
        List<Effect> effects = new ArrayList<>();
        for (Effect effect : step.step().effects()) {
            if (effect instanceof Command command
                    && !command.equals(step.command("tee", ""))
                    && !command.equals(step.command("mv", "-T"))
                    && !command.equals(step.command("rm", "-rf"))) {
                effects.add(command);
            }
        }
        return effects;
    }
}
