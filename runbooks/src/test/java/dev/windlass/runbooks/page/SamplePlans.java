package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Condition;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Verb;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.StoreName;
import java.util.List;
import java.util.Optional;

final class SamplePlans {
    static final SecretReference PASSWORD = new SecretReference("env:SHOP_PASSWORD");

    private SamplePlans() {}

    static Plan small() {
        Step look = Step.of(
                StepId.of("look"),
                "Count the users",
                List.of(new Sql(Access.READS, "shop", "SELECT count(*) FROM users")));
        Step dump = Step.of(
                        StepId.of("dump", "shop"),
                        "Dump shop",
                        List.of(command(
                                List.of("pg_dump", "--dbname=host='db' user='it'"),
                                new Channel.None(),
                                new Channel.SealedFile("/sets/{set}/shop.age", 3, List.of("age1a", "{recipient}")))))
                .withPrecondition("the disk has room")
                .withSlots("set", "recipient")
                .withUndo(List.of(object(Verb.DELETE, "local", "sets/{set}/", Condition.NONE, Optional.empty())));
        Step send = Step.of(
                        StepId.of("send"),
                        "Send it | and look",
                        List.of(object(
                                Verb.PUT,
                                "offsite",
                                "sets/{set}/manifest.json",
                                Condition.IF_ABSENT,
                                Optional.empty())))
                .withUndo(List.of(
                        object(Verb.DELETE, "offsite", "sets/{set}/manifest.json", Condition.NONE, Optional.empty())));
        return Plan.of(
                "sample",
                Sorted.of("databases", "shop"),
                Sorted.of("database shop", "PostgreSQL 15.18"),
                Sorted.of("size of shop", "1.2 GiB"),
                List.of(look, dump, send));
    }

    static Failure diskFull() {
        return new Failure(
                FailureType.DISK_FULL,
                "the disk has 1 GiB free, 2 GiB are needed",
                "Free some space.",
                "sample.md#disk-full");
    }

    static Command command(List<String> argv, Channel input, Channel output) {
        return new Command(
                Access.CHANGES,
                new HostName("local"),
                argv,
                Sorted.of("PGAPPNAME", "it's {token}"),
                Sorted.of("PGPASSWORD", PASSWORD),
                input,
                output);
    }

    static ObjectCall object(Verb verb, String store, String key, Condition condition, Optional<String> file) {
        return new ObjectCall(Access.CHANGES, verb, new StoreName(store), key, condition, file);
    }

    static List<String> typed(Effect effect) {
        return new ByHand(new NamedPlaces()).lines(effect);
    }
}
