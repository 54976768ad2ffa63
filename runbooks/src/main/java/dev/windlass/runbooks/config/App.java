package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An app, and how it is deployed to each of its environments. */
public record App(
        AppName name,
        Map<EnvironmentName, Target> environments,
        Map<EnvironmentName, Gates> gates,
        Map<EnvironmentName, Migrations> migrations) {
    public App {
        migrations = Collections.unmodifiableMap(new TreeMap<>(migrations));
        gates = Collections.unmodifiableMap(new TreeMap<>(gates));
        environments = Collections.unmodifiableMap(new TreeMap<>(environments));
    }

    /** Empty where anything may be deployed. */
    public Optional<Gates> gates(EnvironmentName environment) {
        return Optional.ofNullable(gates.get(environment));
    }

    /** Empty where the schema is nobody's business here. */
    public Optional<Migrations> migrations(EnvironmentName environment) {
        return Optional.ofNullable(migrations.get(environment));
    }

    /**
     * The file that says which releases were kept, and since when; it begins with the first deploy.
     *
     * @param state Windlass's own directory
     */
    public String releaseList(EnvironmentName environment, String state) {
        return switch (environment(environment)) {
            case Target.ProcessTarget process -> process.releaseList();
            case Target.ServiceTarget service -> Target.ServiceTarget.releaseList(state, name, environment);
        };
    }

    public Target environment(EnvironmentName environment) {
        Target target = environments.get(environment);
        if (target == null) {
            throw new UnknownNameException("environment", environment.value(), environments.keySet());
        }
        return target;
    }
}
