package dev.windlass.activities.deploy;

import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.runbooks.deploy.DokployCalls;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One step of a deploy of a service, for which Dokploy is asked. */
record ByDokploy(ServiceStep step, Update.Dokploy dokploy, Convergence swarm, DokployPatience.Timing timing)
        implements ServiceUpdate {
    @Override
    public void update(PinnedImage image) {
        asking(update -> update.update());
    }

    @Override
    public void undo(PinnedImage before) {
        asking(update -> update.undo(before));
    }

    private void asking(Consumer<DokployUpdate> work) {
        DokployCalls calls = DokployCalls.of(dokploy);
        // Known in the run only, and the same in each attempt.
        String title = "run:" + step.context().token().workflowId() + "/"
                + step.context().token().runId();
        Step filled = step.step().fill(Slots.of("title", title));
        List<Effect> declared = new ArrayList<>(filled.effects());
        declared.addAll(filled.undo());
        try (DokployApi api = new DokployApi(step.secrets(), step.context(), declared)) {
            work.accept(new DokployUpdate(
                    calls, api, swarm, step, timing, step.layout().target().service(), step.image(), title));
        }
    }
}
