package dev.windlass.runbooks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.runbooks.deploy.ServiceObservation.Source;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanOfServiceTest {
    private static final String NEW = "ghcr.io/example/crm@sha256:" + "c0".repeat(32);
    private static final String OLD = "ghcr.io/example/crm@sha256:" + "4f".repeat(32);

    private final ServiceObservation seen = ServicePageSample.seen();
    private final Plan plan = plan(seen);

    @Test
    void hasEveryStepOfADeployInItsOrder() {
        assertThat(plan.steps())
                .extracting(Step::id)
                .containsExactly(
                        DeploySteps.PREPARE,
                        DeploySteps.START,
                        DeploySteps.HEALTH,
                        DeploySteps.SWITCH,
                        DeploySteps.DRAIN,
                        DeploySteps.WATCH,
                        DeploySteps.RETIRE);
        assertThat(plan.steps().stream().filter(step -> !step.isReadOnly()).map(Step::id))
                .containsExactly(DeploySteps.PREPARE, DeploySteps.START, DeploySteps.RETIRE);
    }

    @Test
    void whatIsPulledAndRunIsTheDigestNeverTheTag() {
        assertThat(changes(DeploySteps.PREPARE).getLast()).isEqualTo(List.of("docker", "pull", "--quiet", "--", NEW));
        assertThat(changes(DeploySteps.START))
                .containsExactly(List.of(
                        "docker",
                        "service",
                        "update",
                        "--detach",
                        "--quiet",
                        "--no-resolve-image",
                        "--with-registry-auth",
                        "--update-order=start-first",
                        "--update-failure-action=rollback",
                        "--image=" + NEW,
                        "--",
                        "crm"));
        assertThat(plan.steps().toString()).doesNotContain(":3f2c1ab\"").doesNotContain("crm:3f2c1ab");
    }

    @Test
    void theWayBackIsAnUpdateToTheDigestBeforeThatNeverGoesForwardAgain() {
        List<Command> undo = plan.step(DeploySteps.START).undo().stream()
                .filter(effect -> effect.access() == Access.CHANGES)
                .map(Command.class::cast)
                .toList();
        assertThat(undo)
                .singleElement()
                .satisfies(command -> assertThat(command.argv())
                        .contains("--image=" + OLD, "--update-failure-action=pause")
                        .doesNotContain("--update-failure-action=rollback"));
        assertThat(plan.step(DeploySteps.SWITCH).undo()).allMatch(effect -> effect.access() == Access.READS);
    }

    @Test
    void everyDockerCommandGoesToTheDaemonThatOpsYmlNames() {
        assertThat(plan.steps().stream()
                        .flatMap(step -> step.commands().stream())
                        .filter(command -> command.program().equals("docker")))
                .isNotEmpty()
                .allMatch(command ->
                        command.environment().equals(Sorted.of("DOCKER_HOST", "unix:///var/run/docker.sock")));
    }

    @Test
    void anImageThatIsHereIsNotPulled() {
        Plan kept = plan(with(Source.KEPT, Duration.ofSeconds(10)));
        assertThat(kept.step(DeploySteps.PREPARE).isReadOnly()).isTrue();
        assertThat(kept.digest()).isNotEqualTo(plan.digest());
    }

    @Test
    void aServiceThatIsSetToATagHasItsContainersLookedAt() {
        ServiceObservation tagged = new ServiceObservation(
                seen.release(),
                seen.source(),
                seen.before(),
                Optional.of("ghcr.io/example/crm:9b1c0de"),
                seen.grace(),
                seen.policy(),
                seen.shown());
        assertThat(plan(tagged).step(DeploySteps.START).commands())
                .extracting(Command::argv)
                .contains(
                        List.of(
                                "docker",
                                "ps",
                                "--no-trunc",
                                "--filter",
                                "label=com.docker.swarm.service.name=crm",
                                "--format",
                                "{{.Image}}"),
                        List.of(
                                "docker",
                                "image",
                                "inspect",
                                "--format",
                                "{{json .RepoDigests}}",
                                "--",
                                "ghcr.io/example/crm:9b1c0de"));
    }

    @Test
    void isBoundToTheDigestAndNotToWhatIsOnlyShown() {
        assertThat(plan(seen).digest()).isEqualTo(plan.digest());
        ServiceObservation shown = new ServiceObservation(
                seen.release(),
                seen.source(),
                seen.before(),
                seen.tagged(),
                seen.grace(),
                seen.policy(),
                Sorted.of("health of what serves now", "is not healthy"));
        assertThat(plan(shown).digest()).isEqualTo(plan.digest());
        ServiceObservation moved = new ServiceObservation(
                new Release(seen.release().version(), "sha256:" + "d0".repeat(32)),
                seen.source(),
                seen.before(),
                seen.tagged(),
                seen.grace(),
                seen.policy(),
                seen.shown());
        assertThat(plan(moved).digest()).isNotEqualTo(plan.digest());
    }

    @Test
    void titlesSayWhatSwarmDoesByItself() {
        assertThat(plan(with(Source.REGISTRY, Duration.ofSeconds(90))).steps())
                .extracting(Step::title)
                .contains(
                        "Do nothing: Swarm has turned traffic to 3f2c1ab when its task became healthy",
                        "Wait until Swarm has ended the old task, which has 1 min 30 s after SIGTERM");
    }

    private ServiceObservation with(Source source, Duration grace) {
        return new ServiceObservation(
                seen.release(), source, seen.before(), seen.tagged(), grace, seen.policy(), seen.shown());
    }

    private List<List<String>> changes(StepId step) {
        return plan.step(step).effects().stream()
                .filter(effect -> effect.access() == Access.CHANGES)
                .map(Effect.Command.class::cast)
                .map(Command::argv)
                .toList();
    }

    private static Plan plan(ServiceObservation seen) {
        ServiceLayout layout = ServicePageSample.layout(new Update.Docker());
        DeployRequest request = new DeployRequest(
                layout.app(), layout.environment(), seen.release().version(), new Requester("test", Optional.empty()));
        return new PlanOfService(Notifications.none(), layout).plan(request, seen);
    }
}
