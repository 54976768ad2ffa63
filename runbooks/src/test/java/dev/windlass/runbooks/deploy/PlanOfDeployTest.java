package dev.windlass.runbooks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.config.Target.Supervisor;
import dev.windlass.runbooks.config.Target.Watch;
import dev.windlass.runbooks.deploy.ProcessObservation.Serving;
import dev.windlass.runbooks.deploy.ProcessObservation.Source;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanOfDeployTest {
    private static final Release OLD = new Release(new Version("v1"), "sha256:" + "1".repeat(64));
    private static final Release NEW = new Release(new Version("v2"), "sha256:" + "2".repeat(64));

    private final ProcessLayout layout = DeployPageSample.layout();
    private final ProcessObservation seen = seen(NEW, Source.ARTEFACT, Optional.of(new Serving(Colour.BLUE, OLD)), 1);

    @Test
    void hasEveryStepInItsOrder() {
        List<StepId> wanted = List.of(
                DeploySteps.PREPARE,
                DeploySteps.START,
                DeploySteps.HEALTH,
                DeploySteps.SWITCH,
                DeploySteps.DRAIN,
                DeploySteps.WATCH,
                DeploySteps.RETIRE);
        assertThat(plan(layout, seen).steps()).extracting(Step::id).containsExactlyElementsOf(wanted);
        assertThat(plan(layout, first()).steps()).extracting(Step::id).containsExactlyElementsOf(wanted);
    }

    @Test
    void onlyLooksWhereTheContractSaysSo() {
        assertThat(plan(layout, seen).steps().stream().filter(Step::isReadOnly).map(Step::id))
                .containsExactly(DeploySteps.HEALTH, DeploySteps.DRAIN, DeploySteps.WATCH);
    }

    @Test
    void isTheSameWhenPlannedTwiceAndWhenOnlyAgesDiffer() {
        ProcessObservation later = new ProcessObservation(
                seen.release(),
                seen.source(),
                seen.before(),
                seen.idle(),
                seen.upstreamText(),
                seen.policy(),
                Sorted.of("health of what serves now", "is healthy"));
        assertThat(plan(layout, seen)).isEqualTo(plan(layout, seen));
        assertThat(plan(layout, later).digest()).isEqualTo(plan(layout, seen).digest());
    }

    @Test
    void isAnotherOneWhenWhatWouldHappenIsAnother() {
        Release rebuilt = new Release(NEW.version(), "sha256:" + "3".repeat(64));
        List<Plan> plans = List.of(
                plan(layout, seen),
                plan(layout, seen(rebuilt, Source.ARTEFACT, seen.before(), 1)),
                plan(layout, seen(NEW, Source.KEPT, seen.before(), 1)),
                plan(layout, seen(NEW, Source.ARTEFACT, Optional.of(new Serving(Colour.BLUE, rebuilt)), 1)),
                plan(layout, seen(NEW, Source.ARTEFACT, seen.before(), 2)),
                plan(layout, first()),
                plan(withWatch(new Watch(Duration.ofMinutes(3), 0.01, Duration.ofMillis(500), 20)), seen));
        assertThat(plans).extracting(Plan::digest).doesNotHaveDuplicates();
    }

    @Test
    void theSwitchIsUndoneWithTheFileAsItWas() {
        Step turn = plan(layout, seen).step(DeploySteps.SWITCH);

        assertThat(turn.undo().toString()).contains(layout.upstreamText(Colour.BLUE));
        assertThat(turn.effects().toString()).contains(layout.upstreamText(Colour.GREEN));
        assertThat(plan(layout, first()).step(DeploySteps.SWITCH).undo().toString())
                .contains("rm, -f, --, /etc/nginx/windlass/shop-prod.conf");
    }

    @Test
    void eachStepTellsItsSlot() {
        Plan plan = plan(layout, seen);

        assertThat(List.of(DeploySteps.START, DeploySteps.HEALTH, DeploySteps.SWITCH, DeploySteps.WATCH))
                .allMatch(id -> layout.colourIn(plan.step(id)).equals(Optional.of(Colour.GREEN)));
        assertThat(List.of(DeploySteps.DRAIN, DeploySteps.RETIRE))
                .allMatch(id -> layout.colourIn(plan.step(id)).equals(Optional.of(Colour.BLUE)));
    }

    @Test
    void anUpstreamFileNamesOneSlotOrNone() {
        assertThat(layout.colourIn(layout.upstreamText(Colour.GREEN))).hasValue(Colour.GREEN);
        assertThat(layout.colourIn("upstream shop_prod { server 127.0.0.1:4101; }"))
                .hasValue(Colour.BLUE);
        assertThat(layout.colourIn("upstream shop_prod { server 127.0.0.1:3000; }"))
                .isEmpty();
        assertThat(layout.colourIn("server 127.0.0.1:4101;\nserver 127.0.0.1:4102;"))
                .isEmpty();
        assertThat(layout.colourIn("# server 127.0.0.1:4101;\nserver 127.0.0.1:4102;"))
                .hasValue(Colour.GREEN);
    }

    @Test
    void trafficIsSharedWhereASlotIsOneOfSeveral() {
        assertThat(layout.sharesTraffic("server 127.0.0.1:4101;\nserver 127.0.0.1:4102;"))
                .isTrue();
        assertThat(layout.sharesTraffic("server 127.0.0.1:4101;\nserver 127.0.0.1:3000;"))
                .isTrue();
        assertThat(layout.sharesTraffic("server 127.0.0.1:3000;\nserver 127.0.0.1:3001;"))
                .isFalse();
        assertThat(layout.sharesTraffic("# server 127.0.0.1:4101;\nserver 127.0.0.1:4102;"))
                .isFalse();
    }

    @Test
    void systemdReadsEveryWordAsItIs() {
        assertThat(new ServiceDefinition(odd(new Supervisor.Systemd()), Colour.GREEN, NEW).text())
                .contains(
                        "ExecStart=\"/srv/shop-prod/releases/v2-222222222222/bin/app\" \"a \\\"b\\\" \\\\ %%h $$HOME\"\n",
                        "Environment=\"GREETING=it's 100 %% \\\"fine\\\" $HOME\"\n",
                        "WorkingDirectory=/srv/shop-prod/releases/v2-222222222222\n",
                        "KillMode=mixed\nTimeoutStopSec=50\n");
    }

    @Test
    void supervisordReadsEveryWordAsItIs() {
        ProcessLayout odd = odd(new Supervisor.Supervisord("/etc/supervisord.conf", "/etc/supervisor.d"));
        assertThat(new ServiceDefinition(odd, Colour.GREEN, NEW).text())
                .contains(
                        "[program:windlass-shop-prod-green]\n",
                        " APP_VERSION=v2 'GREETING=it'\\''s 100 %% \"fine\" $HOME' PORT=4102"
                                + " /srv/shop-prod/releases/v2-222222222222/bin/app 'a \"b\" \\ %%h $HOME'\n",
                        "stopsignal=TERM\nstopasgroup=false\nkillasgroup=true\nstopwaitsecs=50\n");
        assertThat(plan(odd, seen).step(DeploySteps.START).commands())
                .extracting(command -> String.join(" ", command.argv()))
                .endsWith(
                        "tee -- /etc/supervisor.d/windlass-shop-prod-green.conf",
                        "supervisorctl -c /etc/supervisord.conf update windlass-shop-prod-green",
                        "supervisorctl -c /etc/supervisord.conf start windlass-shop-prod-green");
    }

    private ProcessLayout odd(Supervisor supervisor) {
        ProcessTarget target = layout.target();
        return with(new ProcessTarget(
                target.artefacts(),
                target.directory(),
                List.of("./bin/app", "a \"b\" \\ %h $HOME"),
                target.user(),
                Sorted.of("GREETING", "it's 100 % \"fine\" $HOME"),
                Optional.empty(),
                target.ports(),
                supervisor,
                target.nginx(),
                target.health(),
                target.drain(),
                target.watch(),
                target.keepReleases()));
    }

    private ProcessLayout withWatch(Watch watch) {
        ProcessTarget target = layout.target();
        return with(new ProcessTarget(
                target.artefacts(),
                target.directory(),
                target.command(),
                target.user(),
                target.environment(),
                target.environmentFile(),
                target.ports(),
                target.supervisor(),
                target.nginx(),
                target.health(),
                target.drain(),
                watch,
                target.keepReleases()));
    }

    private ProcessLayout with(ProcessTarget target) {
        return new ProcessLayout(layout.app(), layout.environment(), target);
    }

    private ProcessObservation first() {
        return new ProcessObservation(
                NEW, Source.ARTEFACT, Optional.empty(), Colour.BLUE, Optional.empty(), Optional.empty(), Sorted.of());
    }

    private ProcessObservation seen(Release release, Source source, Optional<Serving> before, int quorum) {
        ApprovalPolicy policy = new ApprovalPolicy(
                new EnvironmentName("prod"),
                List.of(new PersonName("ana"), new PersonName("ben")),
                quorum,
                Duration.ofHours(24));
        return new ProcessObservation(
                release,
                source,
                before,
                Colour.GREEN,
                Optional.of(layout.upstreamText(Colour.BLUE)),
                Optional.of(policy),
                Sorted.of());
    }

    private static Plan plan(ProcessLayout layout, ProcessObservation seen) {
        DeployRequest request = new DeployRequest(
                layout.app(), layout.environment(), seen.release().version(), new Requester("test", Optional.empty()));
        return new PlanOfDeploy(Notifications.none(), layout).plan(request, seen);
    }
}
