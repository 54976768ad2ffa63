package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Step;
import java.util.List;

/**
 * The step that restores the lost machine's cluster and replays its WAL, taken apart. Its last two are harmless where they
 * were done before. Slots: {@value ReplayEffects#BACKUP}, {@value ReplayEffects#PREPARED},
 * {@value ReplayEffects#GUARD}.
 *
 * @param end of the server of an earlier attempt, however it was started
 * @param info what the repository has
 * @param layAside where the lost one listened, whose archive it filled, what it preloaded: kept for a person
 * @param forget and not obeyed
 * @param controlData tells how many transactions may be prepared
 * @param afterwards settings that stay
 * @param replaying settings of the replay
 * @param start pg_ctl does not wait for the end of a replay that nobody may look at
 * @param replayed is answered, by no, when WAL is replayed
 * @param last when the last transaction that was replayed was committed; known until the server is started again
 * @param position where the last record ended, and the size of a segment
 * @param cleanUp pgBackRest's configuration stays until the end of the run: an attempt that begins anew needs it
 * @param service the machine's own
 */
public record ReplayStep(
        Command end,
        Command info,
        Command restore,
        Command layAside,
        Command forget,
        Command controlData,
        Command afterwards,
        Command replaying,
        Command start,
        Sql replayed,
        Sql last,
        Sql position,
        Command stop,
        Command cleanUp,
        Command service) {
    private static final int SIZE = 15;

    List<Effect> inOrder() {
        return List.of(
                end,
                info,
                restore,
                layAside,
                forget,
                controlData,
                afterwards,
                replaying,
                start,
                replayed,
                last,
                position,
                stop,
                cleanUp,
                service);
    }

    /**
     * @throws IllegalArgumentException where it is not this step
     */
    public static ReplayStep in(Step step) {
        List<Effect> all = step.effects();
        if (all.size() != SIZE) {
            throw new IllegalArgumentException(
                    "step " + step.id() + " of the plan has " + all.size() + " effects, not " + SIZE);
        }
        return new ReplayStep(
                (Command) all.get(0),
                (Command) all.get(1),
                (Command) all.get(2),
                (Command) all.get(3),
                (Command) all.get(4),
                (Command) all.get(5),
                (Command) all.get(6),
                (Command) all.get(7),
                (Command) all.get(8),
                (Sql) all.get(9),
                (Sql) all.get(10),
                (Sql) all.get(11),
                (Command) all.get(12),
                (Command) all.get(13),
                (Command) all.get(14));
    }
}
