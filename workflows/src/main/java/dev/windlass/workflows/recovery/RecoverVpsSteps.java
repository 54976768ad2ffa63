package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.StepId;
import java.util.List;

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
    public static final StepId NGINX = StepId.of("nginx");
    public static final StepId TEMPORAL = StepId.of("temporal");
    public static final StepId WINDLASS = StepId.of("windlass");
    public static final StepId WORKER = StepId.of("worker");
    public static final StepId CLOSE = StepId.of("close");

    /** Slot: the number of the recovery's claim, six digits. */
    public static final String NUMBER = "number";

    private RecoverVpsSteps() {}

    /** What a machine must have to run it. */
    public static StepId needs(LostApp app) {
        return StepId.of("needs", app.subject());
    }

    public static StepId prepare(LostApp app) {
        return StepId.of("prepare", app.subject());
    }

    public static StepId start(LostApp app) {
        return StepId.of("start", app.subject());
    }

    public static StepId health(LostApp app) {
        return StepId.of("health", app.subject());
    }

    /** Traffic comes to it. */
    public static StepId turn(LostApp app) {
        return StepId.of("switch", app.subject());
    }

    /** Asked as its users ask it. */
    public static StepId smoke(LostApp app) {
        return StepId.of("smoke", app.subject());
    }

    /** The steps of an app, in their order. */
    public static List<StepId> of(LostApp app) {
        return List.of(needs(app), prepare(app), start(app), health(app), turn(app), smoke(app));
    }

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
