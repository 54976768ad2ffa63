package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.ObjectStores;
import dev.windlass.runbooks.recovery.RecoveryCredential;
import dev.windlass.runbooks.recovery.RecoveryOperations;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.Claim;
import dev.windlass.workflows.recovery.ClaimOrder;
import dev.windlass.workflows.recovery.RecoverVpsPlan;
import dev.windlass.workflows.recovery.RecoverVpsPlanOrder;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.SetsSeen;
import dev.windlass.workflows.recovery.VpsClaimActivities;
import dev.windlass.workflows.recovery.VpsSetActivities;
import io.temporal.activity.Activity;
import java.time.Clock;
import java.util.Optional;

/** What the machine that leads a recovery does with the bucket; each says how it is safe to run twice. */
public final class VpsLeadActivities implements VpsClaimActivities, VpsSetActivities {
    private final ObjectStores stores;
    private final Secrets secrets;
    private final EffectJournal journal;
    private final Clock clock;

    VpsLeadActivities(ObjectStores stores, Secrets secrets, EffectJournal journal, Clock clock) {
        this.stores = stores;
        this.secrets = secrets;
        this.journal = journal;
        this.clock = clock;
    }

    public static VpsLeadActivities of(RecoveryCredential credential, EffectJournal journal) {
        Secrets secrets = reference -> Optional.ofNullable(
                        credential.files().get(reference.file().orElse("")))
                .orElseThrow(() -> new IllegalArgumentException("no credential has " + reference));
        return new VpsLeadActivities(
                new ConfiguredObjectStores(
                        RecoveryOperations.of(
                                credential.bucket(), credential.authorityFile(), RecoveryPlaces.standard()),
                        secrets),
                secrets,
                journal,
                Clock.systemUTC());
    }

    // Twice: finds the claim that its run has written.
    @Override
    public Claim claim(ClaimOrder order) {
        return claims(order.step().id()).claim(order.request(), run());
    }

    // Twice: only looks.
    @Override
    public void require(Claim claim) {
        claims(RecoverVpsSteps.CLAIM).require(claim);
    }

    // Twice: is written only if absent.
    @Override
    public void over(Claim claim) {
        claims(RecoverVpsSteps.CLAIM).over(claim);
    }

    // Twice: only looks.
    @Override
    public SetsSeen look(RecoverVpsRequest request) {
        return sets().look(request);
    }

    // Twice: only looks.
    @Override
    public RecoverVpsPlan plan(RecoverVpsPlanOrder order) {
        return sets().plan(order.request(), order.set(), order.from());
    }

    private VpsSets sets() {
        return new VpsSets(stores, new AgeSealedFiles(secrets), context(StepId.of("sets")));
    }

    private VpsClaims claims(StepId step) {
        ObjectStore bucket = stores.store(RecoveryOperations.BUCKET);
        return new VpsClaims(bucket, context(step), clock);
    }

    private StepContext context(StepId step) {
        return StepContexts.of(Activity.getExecutionContext(), step, journal);
    }

    private static String run() {
        return Activity.getExecutionContext().getInfo().getRunId();
    }
}
