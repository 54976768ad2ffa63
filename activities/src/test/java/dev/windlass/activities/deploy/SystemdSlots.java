package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.PlanOfDeploy;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation;
import dev.windlass.runbooks.deploy.ProcessObservation.Serving;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs on a machine with systemd: two versions in two slots. Prints what came of each step. */
public final class SystemdSlots {
    private static final AppName SHOP = new AppName("shop");
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final String UPSTREAM = "/srv/upstream.conf";

    private final Shell shell =
            new CommandShell(Launchers.detect(), new EnvironmentSecrets(Map.of()), new DeployByHand.NoSealedFiles());
    private final ProcessLayout layout;

    private SystemdSlots(String java, String classes) {
        layout = new ProcessLayout(
                SHOP,
                PROD,
                new Target.ProcessTarget(
                        "/srv",
                        "/srv/shop-prod",
                        List.of(
                                java,
                                "-cp",
                                classes,
                                SmallApp.class.getName(),
                                "a b $HOME ${HOME} %h \\x20 \"q\" 'p'",
                                ";"),
                        "nobody",
                        Sorted.of("GREETING", "100 % \"fine\" \\ $HOME"),
                        Optional.of("/srv/secrets.env"),
                        new Target.Ports(4101, 4102),
                        new Target.Supervisor.Systemd(),
                        new Target.Nginx("shop_prod", UPSTREAM, Optional.empty(), "/srv/access.log", Optional.empty()),
                        new Target.Health(
                                "/api/health",
                                200,
                                Optional.of("ok"),
                                "/api/version",
                                2,
                                Duration.ofMillis(200),
                                Duration.ofSeconds(60)),
                        new Target.Drain(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        new Target.Watch(Duration.ofSeconds(1), 0.01, Duration.ofMillis(500), 20),
                        2));
    }

    /** @param arguments the program java, and where {@link SmallApp} is */
    public static void main(String[] arguments) throws IOException {
        new SystemdSlots(arguments[0], arguments[1]).run();
    }

    private void run() throws IOException {
        Files.writeString(Path.of("/srv/secrets.env"), "PASSWORD=hunter2\n");
        Files.writeString(Path.of(UPSTREAM), layout.upstreamText(Colour.GREEN));
        Release one = build("v1");
        Release two = build("v2");

        Plan first = plan(one, Optional.empty(), Colour.BLUE);
        new Preparation(step(first, DeploySteps.PREPARE, one, Optional.empty())).prepare();
        ProcessStep start = step(first, DeploySteps.START, one, Optional.empty());
        new ReleaseStart(start).start();
        Services services = new Services(layout, shell, start.context());
        Optional<Long> pid = services.state(Colour.BLUE).pid();
        ProcessStep health = step(first, DeploySteps.HEALTH, one, Optional.empty());
        print("v1", new ProcessSteps(health).checkHealth().getClass().getSimpleName());
        print("fenced", shell.fence(start.context()));
        new ReleaseStart(start).start();
        print(
                "same process",
                pid.isPresent() && services.state(Colour.BLUE).pid().equals(pid));
        print(
                "group",
                Files.readString(Path.of("/proc/" + pid.orElseThrow() + "/cgroup"))
                        .contains("/system.slice/windlass-shop-prod-blue.service"));
        try (Web web = new Web()) {
            print("arguments", ((Web.Answer.Given) web.get(layout.url(Colour.BLUE, "/arguments"))).body());
            String environment = ((Web.Answer.Given) web.get(layout.url(Colour.BLUE, "/environment"))).body();
            print(
                    "variables",
                    environment.contains("GREETING=100 % \"fine\" \\ $HOME,")
                            && environment.contains("PASSWORD=hunter2")
                            && !environment.contains("WINDLASS"));
        }
        Files.writeString(Path.of(UPSTREAM), layout.upstreamText(Colour.BLUE));

        Optional<Release> before = Optional.of(one);
        Plan second = plan(two, Optional.of(new Serving(Colour.BLUE, one)), Colour.GREEN);
        new Preparation(step(second, DeploySteps.PREPARE, two, before)).prepare();
        ProcessStep startTwo = step(second, DeploySteps.START, two, before);
        new ReleaseStart(startTwo).start();
        new ReleaseStart(startTwo).stop(startTwo.step().undo(), Colour.GREEN);
        print(
                "undone",
                services.state(Colour.GREEN).words() + " "
                        + Files.exists(Path.of(layout.definitionFile(Colour.GREEN))));
        new ReleaseStart(startTwo).stop(startTwo.step().undo(), Colour.GREEN);
        new ReleaseStart(startTwo).start();
        ProcessStep healthTwo = step(second, DeploySteps.HEALTH, two, before);
        print("v2", new ProcessSteps(healthTwo).checkHealth().getClass().getSimpleName());
        Files.writeString(Path.of(UPSTREAM), layout.upstreamText(Colour.GREEN));
        ProcessStep retire = step(second, DeploySteps.RETIRE, two, before);
        new Retirement(retire).retire();
        new Retirement(retire).retire();
        print("blue", services.state(Colour.BLUE).words());
        print("green", services.state(Colour.GREEN).words());
        print(
                "comes back",
                Files.exists(Path.of("/etc/systemd/system/multi-user.target.wants/windlass-shop-prod-green.service")));
    }

    private Release build(String version) throws IOException {
        Path artefact = Path.of(layout.artefact(new Version(version)));
        try {
            Path source = Files.createTempDirectory("source");
            Files.writeString(source.resolve("version"), version);
            ShopHost.run("tar", "-czf", artefact.toString(), "-C", source.toString(), ".");
        } catch (InterruptedException stopping) {
            throw new IOException(stopping);
        }
        return Artefacts.resolve(layout, new Version(version), progress -> {}).orElseThrow();
    }

    private Plan plan(Release release, Optional<Serving> before, Colour idle) throws IOException {
        return new PlanOfDeploy(Notifications.none(), layout)
                .plan(
                        new DeployRequest(SHOP, PROD, release.version(), new Requester("test", Optional.empty())),
                        new ProcessObservation(
                                release,
                                ProcessObservation.Source.ARTEFACT,
                                before,
                                idle,
                                Optional.of(Files.readString(Path.of(UPSTREAM))),
                                Optional.empty(),
                                Sorted.of()));
    }

    private ProcessStep step(Plan plan, StepId id, Release release, Optional<Release> before) {
        return new ProcessStep(
                new DeployOrder(plan.step(id), SHOP, PROD, release, before, Optional.empty()),
                layout,
                shell,
                new StepContext(new StepToken("w", "r", id), progress -> {}, EffectJournal.none()),
                Clock.systemUTC());
    }

    private static void print(String what, Object value) {
        System.out.println(what + ": " + value);
    }
}
