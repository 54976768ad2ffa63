package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.Web.Answer;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Points nginx at a slot, or back. The undo of the step holds the upstream file as it was. */
final class TrafficSwitch {
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ProcessStep step;
    private final Nginx nginx;

    TrafficSwitch(ProcessStep step) {
        this.step = step;
        this.nginx = new Nginx(step.layout());
    }

    void turn() {
        nginx.requireRunning();
        List<Effect> effects = step.step().effects();
        boolean wrote = write(effects);
        CommandResult test = step.run(step.command("nginx", "-t"));
        if (!test.isSuccess()) {
            if (wrote) {
                write(step.step().undo());
            }
            throw DeployFailures.nginxRefuses(test);
        }
        reload(effects);
        requireAnswersThroughNginx(effects);
    }

    /** Also when the switch never came to pass: then nginx reads once more what it has. */
    void turnBack() {
        List<Effect> effects = step.step().undo();
        boolean isFirst = text(effects).isEmpty();
        write(effects);
        CommandResult test = step.run(find(effects, "-t"));
        if (!test.isSuccess()) {
            // Before the first deploy the file may have been what nginx was waiting for: then all is as it was.
            if (isFirst) {
                return;
            }
            throw DeployFailures.nginxRefuses(test);
        }
        reload(effects);
    }

    /** @return whether the file was another one; it is written only then, so that its time stays that of the switch */
    private boolean write(List<Effect> effects) {
        Optional<String> wanted = text(effects);
        if (step.state().upstreamText().equals(wanted)) {
            return false;
        }
        for (Effect effect : effects) {
            if (effect instanceof Command command && !command.program().equals("nginx")) {
                step.runToItsEnd(command);
            }
        }
        return true;
    }

    /** The file's content that the effects write; empty when they remove it. */
    private static Optional<String> text(List<Effect> effects) {
        return DeployStep.find(effects, "tee", "")
                .map(Command::input)
                .filter(Channel.Text.class::isInstance)
                .map(input -> ((Channel.Text) input).text());
    }

    /** nginx answers the command before it has done it, and keeps its old workers when it cannot. */
    private void reload(List<Effect> effects) {
        Set<Long> before = nginx.workers();
        CommandResult reload = step.run(find(effects, "reload"));
        if (!reload.isSuccess()) {
            throw DeployFailures.nginxStays("answered: " + reload.summary());
        }
        long deadline = System.nanoTime() + RELOAD_LIMIT.toNanos();
        while (!hasOnlyNewWorkers(before)) {
            if (System.nanoTime() > deadline) {
                throw DeployFailures.nginxStays(
                        "has no new workers after " + RELOAD_LIMIT.toSeconds() + " s, only " + before);
            }
            step.pause(PAUSE, "reload", "");
        }
    }

    private boolean hasOnlyNewWorkers(Set<Long> before) {
        Set<Long> now = nginx.workers();
        return !now.isEmpty() && now.stream().noneMatch(before::contains);
    }

    private void requireAnswersThroughNginx(List<Effect> effects) {
        Optional<Effect.HttpCall> check = effects.stream()
                .filter(Effect.HttpCall.class::isInstance)
                .map(Effect.HttpCall.class::cast)
                .findFirst();
        if (check.isEmpty()) {
            return;
        }
        String wanted = step.order().release().version().value();
        String last = "";
        long deadline = System.nanoTime() + RELOAD_LIMIT.toNanos();
        try (Web web = new Web()) {
            while (System.nanoTime() < deadline) {
                step.context().begun(check.get());
                Answer answer = web.get(check.get().url());
                Optional<String> version =
                        answer instanceof Answer.Given given ? HealthLook.versionIn(given) : Optional.empty();
                if (version.equals(Optional.of(wanted))) {
                    return;
                }
                last = switch (answer) {
                    case Answer.Given given ->
                        version.map(other -> "version " + other).orElse("status " + given.status());
                    case Answer.None none -> none.reason();
                };
                step.pause(Duration.ofMillis(200), "ask through nginx", last);
            }
        }
        throw DeployFailures.nginxStays(
                "answers at " + check.get().url() + " with " + last + ", wanted version " + wanted);
    }

    private static Command find(List<Effect> effects, String word) {
        return DeployStep.find(effects, "nginx", word)
                .orElseThrow(() -> new IllegalArgumentException("there is no nginx " + word + " in the step"));
    }
}
