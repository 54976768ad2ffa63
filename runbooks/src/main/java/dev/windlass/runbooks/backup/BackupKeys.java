package dev.windlass.runbooks.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.RedisName;

/**
 * Names of a set's objects, the same in the backup directory and in the bucket. Files of one attempt are never overwritten
 * by the next: the attempt is part of the name. Slots: {@code set}, {@code attempt}.
 */
public final class BackupKeys {
    public static final String SETS = "sets/";
    public static final String SET = "sets/{set}/";
    public static final String MANIFEST = SET + "manifest.json";
    public static final String PROOF = SET + "proof.json";
    public static final String CHECK = SET + "checks/{run}.json";

    private BackupKeys() {}

    public static String dump(DatabaseName database) {
        return SET + database + ".{attempt}.dump.zst.age";
    }

    public static String globals(DatabaseName database) {
        return SET + database + ".{attempt}.globals.sql.zst.age";
    }

    public static String facts(DatabaseName database) {
        return SET + database + ".{attempt}.facts.json.zst.age";
    }

    public static String files(ArchiveName archive) {
        return SET + archive + ".{attempt}.tar.zst.age";
    }

    public static String inventory(ArchiveName archive) {
        return SET + archive + ".{attempt}.inventory.zst.age";
    }

    public static String redis(RedisName redis) {
        return SET + redis + ".{attempt}.rdb.zst.age";
    }

    /** The identity of one set, below the state directory. */
    public static String identity() {
        return "identities/{set}.agekey";
    }
}
