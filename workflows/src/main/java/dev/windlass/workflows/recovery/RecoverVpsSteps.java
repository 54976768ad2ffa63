package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.StepId;

/** Names of the steps of {@code recover vps}: plans are built with them and the run walks by them. */
public final class RecoverVpsSteps {
    public static final StepId CLAIM = StepId.of("claim");
    public static final StepId REACH = StepId.of("reach");
    public static final StepId KIT = StepId.of("kit");
    public static final StepId SECRETS = StepId.of("secrets");
    public static final StepId LINK = StepId.of("link");
    public static final StepId LOOK = StepId.of("look");
    public static final StepId FETCH = StepId.of("fetch");
    public static final StepId PACKAGES = StepId.of("packages");
    public static final StepId SERVER = StepId.of("server");
    public static final StepId REPOSITORY = StepId.of("repository");
    public static final StepId CLUSTER = StepId.of("cluster");
    public static final StepId OPEN = StepId.of("open");
    public static final StepId CLOSE = StepId.of("close");

    /** Slot: the number of the recovery's claim, six digits. */
    public static final String NUMBER = "number";

    private RecoverVpsSteps() {}

    public static StepId files(ArchiveName archive) {
        return StepId.of("files", archive);
    }

    public static StepId roles(DatabaseName database) {
        return StepId.of("roles", database);
    }

    public static StepId database(DatabaseName database) {
        return StepId.of("database", database);
    }

    public static StepId redis(RedisName redis) {
        return StepId.of("redis", redis);
    }
}
