package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * @param set empty means the newest proven one, and the one before where that turns out damaged
 * @param from where the databases come from
 * @param to the moment up to which WAL is replayed; empty means the last one that was archived
 * @param budget how long the recovery may take; only told, never enforced
 * @param purpose what becomes of the machine
 */
public record RecoverVpsRequest(
        TargetMachine target,
        RecoveryBucket bucket,
        Optional<SetId> set,
        BrokenGlass glass,
        Duration budget,
        Claiming claiming,
        DatabasesFrom from,
        Optional<Instant> to,
        Purpose purpose) {
    public enum Purpose {
        /** It lives in the place of the lost one. */
        RECOVERY,
        /** {@code --rehearse}: it is thrown away, and the one that is not lost goes on. */
        REHEARSAL
    }

    public enum Claiming {
        /** Another recovery that is not over is a reason to refuse. */
        IF_FREE,
        /** {@code --take-over}: the other one is over, or its machine is lost as well. */
        TAKE_OVER
    }

    /** One recovery of a bucket at a time: the same words again find the run. */
    public static final String WORKFLOW_ID = "recover-vps";

    /** To the last moment that there is. */
    public RecoverVpsRequest(
            TargetMachine target,
            RecoveryBucket bucket,
            Optional<SetId> set,
            BrokenGlass glass,
            Duration budget,
            Claiming claiming) {
        this(
                target,
                bucket,
                set,
                glass,
                budget,
                claiming,
                DatabasesFrom.CLUSTER_FIRST,
                Optional.empty(),
                Purpose.RECOVERY);
    }

    public RecoverVpsRequest {
        // Of a run that an earlier version began: it did not ask.
        from = from == null ? DatabasesFrom.CLUSTER_FIRST : from;
        purpose = purpose == null ? Purpose.RECOVERY : purpose;
        if (to.isPresent() && from == DatabasesFrom.SET) {
            throw new IllegalArgumentException("a set is of one moment: WAL up to another is not replayed onto it");
        }
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("the budget must be longer than nothing");
        }
    }

    public boolean isRehearsal() {
        return purpose == Purpose.REHEARSAL;
    }

    /** What was asked for, as it is shown. */
    public SortedMap<String, String> asked() {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("target", target.toString());
        words.put("bucket", bucket.toString());
        words.put("set", set.map(SetId::value).orElse("the newest proven one"));
        words.put(
                "databases",
                from == DatabasesFrom.SET
                        ? "from the set"
                        : to.map(moment -> "from the cluster's physical backup, up to " + moment)
                                .orElse("from the cluster's physical backup, where there is one; else from the set"));
        words.put("asked by", glass.person());
        words.put("reason", glass.reason());
        words.put("budget", Quantities.time(budget));
        if (isRehearsal()) {
            words.put("purpose", "a rehearsal: the machine that is not lost goes on");
        }
        return words;
    }
}
