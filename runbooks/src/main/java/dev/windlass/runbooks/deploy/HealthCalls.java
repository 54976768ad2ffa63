package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import java.util.List;
import java.util.Optional;

/** What is asked of an app to know whether it is healthy. */
public final class HealthCalls {
    private HealthCalls() {}

    public static Health of(Target target) {
        return switch (target) {
            case Target.ProcessTarget process -> process.health();
            case Target.ServiceTarget service -> service.health();
        };
    }

    /** First its health, then its version. @param address without / at the end */
    public static List<Effect> at(String address, Health health) {
        return List.of(get(address + health.path()), get(address + health.versionPath()));
    }

    private static HttpCall get(String url) {
        return new HttpCall(Access.READS, "GET", url, Optional.empty(), Optional.empty());
    }
}
