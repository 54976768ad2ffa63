package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lost machine's cluster, brought back by a person: what the run does, where it looks again and again put as a command that
 * waits.
 *
 * @param bucket as ops.yml says it
 */
record ClusterByHand(LostCluster lost, RecoveryBucket bucket) {
    /** Until it replays; without hot standby PostgreSQL calls that started. */
    private static final List<String> WAITING = List.of("--wait", "--timeout=600");

    /** Empty where no cluster of ops.yml held all databases of the set: then they come from the set. */
    static Optional<ClusterByHand> of(Operations operations, Manifest manifest) {
        return operations.clusters().values().stream()
                .flatMap(cluster -> of(operations, cluster, manifest).stream())
                .findFirst();
    }

    private static Optional<ClusterByHand> of(Operations operations, Cluster cluster, Manifest manifest) {
        if (!(operations.stores().get(cluster.store()) instanceof S3Store store)) {
            return Optional.empty();
        }
        return PlanOfRecoverVps.major(manifest)
                .flatMap(major -> ClusterOfDatabases.databases(operations, cluster, manifest)
                        .map(databases -> new LostCluster(
                                cluster.name(),
                                cluster.stanza(),
                                major,
                                cluster.passphraseFile(),
                                databases,
                                manifest.committedAt(),
                                Optional.empty())))
                .map(lost -> new ClusterByHand(lost, bucket(store)));
    }

    private static RecoveryBucket bucket(S3Store store) {
        return new RecoveryBucket(
                store.endpoint(),
                store.region(),
                store.bucket(),
                store.prefix(),
                store.certificateAuthority().isPresent() ? Authority.PRIVATE : Authority.PUBLIC);
    }

    Step waiting(Step step, ServerEffects server) {
        if (step.id().equals(RecoverVpsSteps.CLUSTER)) {
            Step typed = with(step, step.effects().stream().flatMap(effect -> waiting(effect, server)));
            return new Step(
                    step.id(),
                    step.title() + "; say pg_isready again until it accepts connections",
                    typed.effects(),
                    step.precondition(),
                    List.of(),
                    step.slots());
        }
        return lost.databases().stream()
                .filter(each -> step.id().equals(RecoverVpsSteps.database(each.database())))
                .findFirst()
                .map(each -> read(step, server, each.called()))
                .orElse(step);
    }

    private static Stream<Effect> waiting(Effect effect, ServerEffects server) {
        if (effect instanceof Sql sql) {
            return Stream.of(
                    sql.statement().equals(ReplayEffects.IS_REPLAYING)
                            ? server.isOpen()
                            : server.ask(ServerEffects.MAINTENANCE, sql.statement() + ";\n"));
        }
        return Stream.of(effect instanceof Command command ? waiting(command) : effect);
    }

    private static Command waiting(Command command) {
        if (!command.argv().contains("--no-wait")) {
            return command;
        }
        List<String> argv = new ArrayList<>();
        command.argv().forEach(word -> argv.addAll(word.equals("--no-wait") ? WAITING : List.of(word)));
        return VpsCommands.changes(argv);
    }

    private static Step read(Step step, ServerEffects server, String called) {
        return with(
                step,
                Stream.of(
                        server.ask(called, PlanByHand.COUNT_ROWS),
                        server.ask(called, ServerEffects.COLLATIONS.strip() + ";\n")));
    }

    private static Step with(Step step, Stream<Effect> effects) {
        return new Step(step.id(), step.title(), effects.toList(), step.precondition(), List.of(), step.slots());
    }
}
