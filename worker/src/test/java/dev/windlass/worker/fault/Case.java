package dev.windlass.worker.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One SIGKILL. */
record Case(Victim victim, Moment moment) {
    /** All of them. */
    static List<Case> matrix() {
        List<Case> cases = new ArrayList<>();
        for (Victim victim : Victim.values()) {
            for (Moment moment : Moment.values()) {
                if (!moment.isOfFiles() || victim == Victim.WORKER || victim == Victim.PROGRAM) {
                    cases.add(new Case(victim, moment));
                }
            }
        }
        return cases;
    }

    /** Every victim and every moment is in there. */
    boolean isAmongFew() {
        return victim == Victim.WORKER || (victim.ordinal() + moment.ordinal()) % 4 == 0;
    }

    String workflowId() {
        return "fault-" + words().replace(' ', '-');
    }

    /** Not hashCode, which differs from run to run for enums. */
    int number() {
        return victim.ordinal() * Moment.values().length + moment.ordinal();
    }

    private String words() {
        return (victim + " " + moment).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where no pg_dump runs at that moment, the name tells what is killed instead. */
    @Override
    public String toString() {
        return switch (victim) {
            case PROGRAM -> words() + " (" + moment.programSaid() + ")";
            case POSTGRES ->
                words() + (moment == Moment.MID_RESTORE ? " (production's server and the scratch server)" : "");
            case WORKER, TEMPORAL, R2 -> words();
        };
    }
}
