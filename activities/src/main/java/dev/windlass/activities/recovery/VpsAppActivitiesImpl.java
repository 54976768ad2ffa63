package dev.windlass.activities.recovery;

import dev.windlass.activities.deploy.DeployParts;
import dev.windlass.activities.deploy.RecoveredApp;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Archive;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation.Source;
import dev.windlass.runbooks.recovery.AppOfSet;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.deploy.DeployOrder;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.AppOrder;
import dev.windlass.workflows.recovery.LostApp;
import dev.windlass.workflows.recovery.PlaceOrder;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.VpsAppActivities;
import io.temporal.activity.Activity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx and the apps of the machine that was recovered; each says how it is safe to run twice. */
public final class VpsAppActivitiesImpl implements VpsAppActivities {
    private final Shell shell;
    private final Secrets secrets;
    private final EffectJournal journal;

    VpsAppActivitiesImpl(Shell shell, Secrets secrets, EffectJournal journal) {
        this.shell = shell;
        this.secrets = secrets;
        this.journal = journal;
    }

    public static VpsAppActivitiesImpl ofThisMachine(EffectJournal journal) {
        Secrets secrets = new EnvironmentSecrets(Map.of());
        return new VpsAppActivitiesImpl(
                new CommandShell(Launchers.detect(), secrets, new AgeSealedFiles(secrets)), secrets, journal);
    }

    // Twice: the same files are written again, and nginx is started anew.
    @Override
    public void startNginx(PlaceOrder order) {
        StepContext context = context(order.step());
        shell.fence(context);
        for (Command command : order.step().commands()) {
            CommandResult result = shell.run(command, context);
            if (!result.isSuccess() && command.program().equals("nginx")) {
                throw VpsFailures.nginxRefuses(result.summary());
            }
            result.orFail(VpsFailures.HINT, VpsFailures.COMMAND);
        }
    }

    // Twice: what an attempt has begun to copy is removed; Temporal is started anew on the same file.
    @Override
    public void installWindlass(PlaceOrder order) {
        new WindlassInstall(shell, context(order.step())).install(order.step());
    }

    // Twice: a worker that runs is started anew.
    @Override
    public void startWorker(PlaceOrder order) {
        new WindlassInstall(shell, context(order.step())).start(order.step());
    }

    // Twice: as the deploy's own steps are; what is needed is only looked for, and a user who is there is left.
    @Override
    public String carryOut(AppOrder order) {
        Step step = order.place().step();
        LostApp app = order.app();
        if (step.id().equals(RecoverVpsSteps.needs(app))) {
            need(step, app);
            return "all is there";
        }
        Operations operations = operations(order.place().manifest());
        RecoveredApp deploy = new RecoveredApp(new DeployParts(
                operations, shell, secrets, (request, run) -> Optional.empty(), journal, Clock.systemUTC()));
        DeployOrder deployed =
                new DeployOrder(step, app.app(), app.environment(), app.release(), Optional.empty(), Optional.empty());
        if (step.id().equals(RecoverVpsSteps.prepare(app))) {
            deploy.prepare(deployed);
            return "it is on the disk";
        }
        if (step.id().equals(RecoverVpsSteps.start(app))) {
            deploy.start(deployed);
            return "it is started";
        }
        if (step.id().equals(RecoverVpsSteps.health(app))) {
            return good(app, deploy.checkHealth(deployed));
        }
        if (step.id().equals(RecoverVpsSteps.turn(app))) {
            deploy.switchTraffic(deployed);
            return "nginx sends traffic to it";
        }
        return throughNginx(operations, app)
                .map(address -> good(app, deploy.checkThroughNginx(deployed, address)))
                .orElse(VpsAppActivities.NOT_ASKED);
    }

    private void need(Step step, LostApp app) {
        StepContext context = context(step);
        List<String> missing = new ArrayList<>();
        for (Command command : step.commands()) {
            CommandResult result = shell.run(command, context);
            if (command.access() == Access.CHANGES) {
                result.orFail(VpsFailures.HINT, VpsFailures.COMMAND);
            } else if (!result.isSuccess()) {
                missing.add(command.argv().getLast());
            }
        }
        if (!missing.isEmpty()) {
            throw VpsFailures.appNeeds(app, missing);
        }
    }

    private static String good(LostApp app, HealthReport report) {
        return switch (report) {
            case HealthReport.Healthy healthy -> healthy.words();
            case HealthReport.Unhealthy unhealthy -> throw VpsFailures.doesNotServe(app, unhealthy.reason());
        };
    }

    private static Optional<String> throughNginx(Operations operations, LostApp app) {
        return operations.app(app.app()).environment(app.environment()) instanceof ProcessTarget process
                ? new AppOfSet(app, new ProcessLayout(app.app(), app.environment(), process), Source.KEPT)
                        .throughNginx()
                : Optional.empty();
    }

    /** As it came back: the plan was made of the same file. */
    private static Operations operations(Manifest manifest) {
        String file = manifest.archive(Archive.OWN).paths().getFirst();
        return switch (OpsFile.read(Path.of(file))) {
            case OpsFileReading.Accepted accepted -> accepted.operations();
            case OpsFileReading.Refused refused -> throw VpsFailures.opsFileChanged(file);
        };
    }

    private StepContext context(Step step) {
        return context(step.id());
    }

    private StepContext context(StepId step) {
        return StepContexts.of(Activity.getExecutionContext(), step, journal);
    }
}
