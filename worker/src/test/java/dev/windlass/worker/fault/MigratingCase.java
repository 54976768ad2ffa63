package dev.windlass.worker.fault;

import java.util.Locale;
import java.util.Optional;

/** Where a deploy that migrates first is when somebody is killed; each has an app of its own. */
enum MigratingCase {
    /** In the middle of the transaction of its expand migration. */
    LOCK(MigrateMoment.FIRST),
    /** Outside a transaction, so that it cannot be taken up again. */
    HALF(MigrateMoment.SECOND),
    /** The new version runs on the new schema, and nobody has been sent to it. */
    SWITCH("SwitchTraffic"),
    /** The new version does not become healthy on the new schema, and is about to be stopped. */
    ILL("UndoDeployStep");

    private final Optional<MigrateMoment> moment;
    private final String activity;

    MigratingCase(MigrateMoment moment) {
        this.moment = Optional.of(moment);
        this.activity = "";
    }

    MigratingCase(String activity) {
        this.moment = Optional.empty();
        this.activity = activity;
    }

    /** Where the migration is held; none where something later is. */
    Optional<MigrateMoment> moment() {
        return moment;
    }

    /** The activity before which it is held where no lock does it. */
    String activity() {
        return activity;
    }

    String app() {
        return "guarded-" + name().toLowerCase(Locale.ROOT);
    }

    String database() {
        return name().toLowerCase(Locale.ROOT);
    }
}
