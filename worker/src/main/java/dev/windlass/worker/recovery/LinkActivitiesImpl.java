package dev.windlass.worker.recovery;

import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.recovery.KitEffects;
import dev.windlass.runbooks.recovery.LinkEffects;
import dev.windlass.runbooks.recovery.SshCommands;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.LinkOrder;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.VpsLinkActivities;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The link between the machine that leads and the one that is recovered; each says how it is safe to run twice. */
final class LinkActivitiesImpl implements VpsLinkActivities {
    private static final Logger LOG = LoggerFactory.getLogger(LinkActivitiesImpl.class);
    private static final String SECRETS = "secrets";
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    /** Of {@code users:(("sshd",pid=123,fd=9))}. */
    private static final Pattern SSHD = Pattern.compile("\"sshd[^\"]*\",pid=(\\d+)");

    private static final Pattern NAME = Pattern.compile("PRETTY_NAME=\"?([^\"]*)\"?");
    private static final Pattern KIND = Pattern.compile("ID(_LIKE)?=.*\\b(debian|ubuntu)\\b.*");
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+(\\d+) kB");

    private final LinkParts parts;

    LinkActivitiesImpl(LinkParts parts) {
        this.parts = parts;
    }

    // Twice: only looks.
    @Override
    public String reach(LinkOrder order) {
        StepContext context = parts.begin(order.step());
        List<Command> looks = filled(order).commands();
        List<String> release = parts.run(looks.get(0), context).output();
        String processor = String.join("", parts.run(looks.get(1), context).output());
        List<String> memory = parts.run(looks.get(2), context).output();
        boolean systemd = parts.isTrue(looks.get(3), context);
        String machine = found(NAME, release, "a system without a name") + ", " + processor + ", " + memory(memory)
                + (systemd ? "" : ", without systemd");
        boolean isDebian = release.stream().anyMatch(line -> KIND.matcher(line).matches());
        if (!isDebian || !systemd || !processor.equals(ownProcessor())) {
            throw LinkFailures.otherMachine(machine, "Linux, " + ownProcessor());
        }
        return machine;
    }

    // Twice: what has arrived stays and the rest is sent; the whole is compared, and unpacked under its name when it is
    // whole.
    @Override
    public long sendKit(LinkOrder order) {
        StepContext context = parts.begin(order.step());
        boolean isServer = order.step().id().equals(RecoverVpsSteps.TEMPORAL);
        KitFile file = isServer ? Beating.during(context, "make Temporal ready", "", parts.server()::get) : parts.kit();
        KitEffects kit = KitEffects.in(filled(order).fill(Slots.of(SshCommands.SERVER, file.id())));
        if (parts.isTrue(kit.isThere(), context)) {
            return 0;
        }
        kit.begin().forEach(command -> parts.run(command, context));
        long arrived =
                Long.parseLong(String.join("", parts.run(kit.size(), context).output()));
        if (arrived < file.bytes()) {
            parts.run(kit.send(), context);
        }
        String sum = String.join("", parts.run(kit.sum(), context).output()).split(" ", 2)[0];
        if (!sum.equals(file.sha256())) {
            parts.run(kit.discard(), context);
            throw LinkFailures.kitDamaged(sum, file.sha256());
        }
        kit.unpack().forEach(command -> parts.run(command, context));
        return Math.max(0, file.bytes() - arrived);
    }

    // Twice: each file is written anew; the copies on this machine are removed whatever comes.
    @Override
    public void putSecrets(LinkOrder order) {
        StepContext context = parts.begin(order.step());
        try {
            parts.secrets().forEach((file, text) -> parts.home().write(SshCommands.secret(file), text));
            filled(order).commands().forEach(command -> parts.run(command, context));
        } finally {
            parts.home().remove(SECRETS);
        }
    }

    // Twice: the earlier attempt's tunnel is ended first; a worker that runs is left alone.
    @Override
    public void hold(LinkOrder order) {
        StepContext context = parts.begin(order.step());
        LinkEffects link = LinkEffects.in(filled(order));
        while (true) {
            try {
                open(link, context);
            } catch (ApplicationFailure broken) {
                LOG.warn(
                        "the link is not up: {}",
                        broken.getOriginalMessage().lines().findFirst().orElse(""));
            }
            // Beats, and so hears that the run is over.
            context.pulse().beat(Progress.of("link"));
            pause();
        }
    }

    /** Returns when the tunnel has ended. */
    private void open(LinkEffects link, StepContext context) {
        String state = String.join("", parts.run(link.state(), context).output());
        if (state.equals("inactive") || state.equals("failed")) {
            parts.run(link.start(), context);
        }
        freePort(link, context);
        CommandResult ended = parts.shell().run(link.tunnel(), context);
        LOG.warn("the tunnel to the target ended: {}", ended.summary());
    }

    /** Where this machine lost its power, the target's sshd still waits for it and keeps the port. */
    private void freePort(LinkEffects link, StepContext context) {
        for (String line : parts.run(link.listener(), context).output()) {
            Matcher sshd = SSHD.matcher(line);
            if (sshd.find()) {
                Slots slots = Slots.of(SshCommands.SSHD, sshd.group(1));
                parts.run((Command) slots.fill(link.free()), context);
            }
        }
    }

    // Twice: what is gone is no error.
    @Override
    public void close(LinkOrder order) {
        StepContext context = parts.begin(order.step());
        filled(order).commands().forEach(command -> parts.run(command, context));
    }

    private Step filled(LinkOrder order) {
        return order.step().fill(parts.slots());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the link was down", stopping);
        }
    }

    private static String memory(List<String> lines) {
        long kibibytes = Long.parseLong(found(MEMORY, lines, "0"));
        return Quantities.bytes(kibibytes * 1024) + " of memory";
    }

    private static String found(Pattern pattern, List<String> lines, String otherwise) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1))
                .findFirst()
                .orElse(otherwise);
    }

    /** As uname says it. */
    private static String ownProcessor() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            default -> name;
        };
    }
}
