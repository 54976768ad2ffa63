package dev.windlass.testbed.dokploy;

import dev.windlass.testbed.control.Door;
import dev.windlass.testbed.control.PlainDouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One application of Dokploy 0.30.2: the procedures a deploy needs, with what Dokploy keeps silent about. */
public final class DokployDouble implements Door.Service {
    /**
     * @param source docker or git
     * @param image what the application runs at first
     * @param service Dokploy's appName
     * @param docker the socket of a daemon whose Swarm has that service; without, the Swarm is made up
     * @param building how long one deploy takes
     * @param perMinute requests in a minute; 0 means no limit
     */
    public record Settings(
            Path data,
            int port,
            int controlPort,
            String key,
            String token,
            String application,
            String source,
            String image,
            String service,
            Optional<String> docker,
            Duration building,
            int perMinute) {}

    private final List<DokployRule> rules;
    private final Application application;
    private final Deployments deployments;
    private final Swarm swarm;
    private final Queue queue;
    private final PushWebhook webhook;

    private DokployDouble(Settings settings) throws IOException {
        Clock clock = Clock.systemUTC();
        application = new Application(
                settings.data().resolve("application.json"),
                settings.application(),
                settings.source(),
                settings.service(),
                settings.image());
        deployments = new Deployments(settings.data().resolve("deployments.jsonl"), clock);
        swarm = new Swarm(application.text("appName"), settings.image());
        queue = new Queue(
                application, deployments, swarm, settings.docker().map(DockerSwarm::new), settings.building(), clock);
        webhook = new PushWebhook(settings.token(), application, queue);
        rules = List.of(
                new Rate(settings.perMinute(), clock),
                new KnownKey(settings.key()),
                new KnownProcedure(),
                new KnownApplication(settings.application()));
    }

    public static PlainDouble start(Settings settings) throws IOException {
        DokployDouble dokploy = new DokployDouble(settings);
        dokploy.queue.begin();
        return PlainDouble.start(
                        settings.port(),
                        settings.controlPort(),
                        settings.data(),
                        dokploy,
                        Map.of(
                                "/restart",
                                dokploy.queue::restart,
                                "/queue/pause",
                                () -> dokploy.queue.pause(true),
                                "/queue/resume",
                                () -> dokploy.queue.pause(false),
                                "/builds/fail",
                                dokploy.queue::failNext,
                                "/swarm",
                                dokploy.swarm::inspect,
                                "/swarm/tasks",
                                dokploy.swarm::tasks,
                                "/swarm/rolls-back",
                                () -> dokploy.swarm.next(Swarm.Next.ROLLS_BACK),
                                "/swarm/stays",
                                () -> dokploy.swarm.next(Swarm.Next.STAYS_UPDATING),
                                "/swarm/completes",
                                () -> dokploy.swarm.next(Swarm.Next.COMPLETES),
                                "/swarm/refuses",
                                dokploy.swarm::refuse))
                .alsoClosing(dokploy.queue::close);
    }

    @Override
    public Door.Answer serve(Door.Incoming request) throws IOException {
        String path = request.uri().getPath();
        if (path.equals("/api/health")) {
            return new DokployAnswer.Ok(DokployCall.JSON.createObjectNode().put("ok", true)).http();
        }
        if (path.startsWith(PushWebhook.PATH)) {
            return webhook.serve(request).http();
        }
        if (!path.startsWith("/api/")) {
            return new DokployAnswer.Plain(404, "Not found").http();
        }
        Optional<DokployCall> call = DokployCall.of(request);
        DokployAnswer answer = call.isPresent()
                ? answer(call.get())
                : DokployAnswer.refused(400, "PARSE_ERROR", "Failed to parse request body");
        return answer.http();
    }

    private DokployAnswer answer(DokployCall call) throws IOException {
        for (DokployRule rule : rules) {
            Optional<DokployAnswer> refusal = rule.judge(call);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return switch (call.procedure()) {
            case "application.one" -> new DokployAnswer.Ok(application.copy());
            case "application.update", "application.saveDockerProvider" -> {
                application.merge(call.input());
                if (call.procedure().equals("application.saveDockerProvider")) {
                    application.put("sourceType", "docker");
                }
                yield new DokployAnswer.Ok(DokployCall.JSON.getNodeFactory().booleanNode(true));
            }
            case "application.deploy", "application.redeploy" -> {
                String otherwise = call.procedure().endsWith(".redeploy") ? "Rebuild deployment" : "Manual deployment";
                queue.add(
                        call.text("title").orElse(otherwise),
                        call.text("description").orElse(""));
                yield new DokployAnswer.Nothing();
            }
            case "deployment.all", "deployment.allByType" -> new DokployAnswer.Ok(deployments.list());
            case "deployment.queueList" -> new DokployAnswer.Ok(queue.list());
            default -> DokployAnswer.refused(404, "NOT_FOUND", "Not found");
        };
    }

    @Override
    public Door.Answer ordered(int status) {
        return (status == 429 ? new DokployAnswer.Limited(1) : new DokployAnswer.Plain(status, "ordered fault")).http();
    }

    @Override
    public Door.Answer expired() {
        return new DokployAnswer.Plain(401, "Unauthorized").http();
    }
}
