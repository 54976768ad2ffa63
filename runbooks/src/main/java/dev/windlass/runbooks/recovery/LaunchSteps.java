package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Condition;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Verb;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import java.util.List;
import java.util.Optional;

/** What a launcher does from elsewhere, before the new machine works on itself and after. */
record LaunchSteps(RecoverVpsRequest request) {
    List<Step> untilThereIsAWorker() {
        return List.of(
                claim(),
                link(
                        RecoverVpsSteps.REACH,
                        "Reach " + request.target() + " by SSH and look what machine it is",
                        ssh().reach()),
                link(RecoverVpsSteps.KIT, "Send the worker and the Java that runs it", ssh().sendKit()),
                link(
                        RecoverVpsSteps.SECRETS,
                        "Put the keys of the bucket and the identity into " + RecoveryFiles.DIRECTORY + ", in memory",
                        ssh().putSecrets(request.bucket().authority())),
                link(RecoverVpsSteps.LINK, "Open a tunnel and start the worker on the new machine", ssh().link()));
    }

    List<Step> windlass(WindlassEffects effects) {
        return List.of(
                link(RecoverVpsSteps.TEMPORAL, "Send Temporal's program", ssh().sendTemporal())
                        .withSlots(SshCommands.STATE, SshCommands.SERVER),
                Step.of(
                                RecoverVpsSteps.WINDLASS,
                                "Install Windlass out of the kit, and start Temporal",
                                effects.install())
                        .withSlots(SshCommands.KIT, SshCommands.SERVER),
                Step.of(RecoverVpsSteps.WORKER, "Start the worker, which makes its schedules anew", effects.start())
                        .withPrecondition("the secrets that ops.yml names are on the machine"));
    }

    Step close() {
        return link(RecoverVpsSteps.CLOSE, "End the worker there, and remove the secrets and the kit", ssh().close());
    }

    private SshCommands ssh() {
        return new SshCommands(request.target());
    }

    /** What only the launcher knows is filled in there. */
    private static Step link(StepId id, String title, List<Effect> effects) {
        return Step.of(id, title, effects)
                .withSlots(SshCommands.STATE, SshCommands.KIT, SshCommands.TEMPORAL, SshCommands.SSHD);
    }

    private static Step claim() {
        ObjectCall list = new ObjectCall(
                Access.READS,
                Verb.LIST,
                RecoveryOperations.BUCKET,
                PlanOfRecoverVps.CLAIMS,
                Condition.NONE,
                Optional.empty());
        return Step.of(
                        RecoverVpsSteps.CLAIM,
                        "Write into the bucket who recovers",
                        List.of(list, put(PlanOfRecoverVps.CLAIM)))
                .withPrecondition("the claim with the highest number is over, or there is none")
                .withUndo(List.of(put(PlanOfRecoverVps.OVER)))
                .withSlots(PlanOfRecoverVps.NUMBER);
    }

    private static ObjectCall put(String key) {
        return new ObjectCall(
                Access.CHANGES, Verb.PUT, RecoveryOperations.BUCKET, key, Condition.IF_ABSENT, Optional.empty());
    }
}
