package dev.windlass.testbed.dokploy;

import dev.windlass.testbed.control.Door;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /api/deploy/TOKEN}: 200 "deployed" as soon as it is queued, 301 for what does not fit, and no secret but
 * the address. Dokploy 0.30.2, apps/dokploy/pages/api/deploy/[refreshToken].ts .
 */
final class PushWebhook {
    static final String PATH = "/api/deploy/";
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    private final String token;
    private final Application application;
    private final Queue queue;

    PushWebhook(String token, Application application, Queue queue) {
        this.token = token;
        this.application = application;
        this.queue = queue;
    }

    DokployAnswer serve(Door.Incoming request) {
        if (!request.uri().getPath().equals(PATH + token)) {
            return new DokployAnswer.Plain(404, "Application Not Found");
        }
        JsonNode body = body(request);
        Optional<String> wrong = application.isFromDocker() ? wrongImage(request, body) : wrongBranch(body);
        if (wrong.isPresent()) {
            return new DokployAnswer.Plain(301, wrong.get());
        }
        queue.add(title(body), "");
        return new DokployAnswer.Plain(200, "Application deployed successfully");
    }

    private static String title(JsonNode body) {
        return body.path("head_commit").path("message").asString("NEW CHANGES");
    }

    private static JsonNode body(Door.Incoming request) {
        try {
            return DokployCall.JSON.readTree(new String(request.body(), StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return DokployCall.JSON.missingNode();
        }
    }

    private static Optional<String> wrongBranch(JsonNode body) {
        return body.path("ref").asString("").equals("refs/heads/main")
                ? Optional.empty()
                : Optional.of("Branch Not Match");
    }

    /** Docker Hub's form, known by its user agent. */
    private Optional<String> wrongImage(Door.Incoming request, JsonNode body) {
        String agent =
                Optional.ofNullable(request.headers().getFirst("User-Agent")).orElse("");
        String pushed = body.path("repository").path("repo_name").asString("");
        if (!agent.contains("Go-http-client") || pushed.isEmpty()) {
            return Optional.empty();
        }
        String image = application.text("dockerImage");
        String name = nameIn(image);
        if (!pushed.equals(name)) {
            return Optional.of("Application Image Name (" + name + ") doesn't match request event payload Image Name ("
                    + pushed + ").");
        }
        String wanted = image.contains(":") ? image.substring(image.lastIndexOf(':') + 1) : "latest";
        String tag = body.path("push_data").path("tag").asString("");
        return tag.isEmpty() || tag.equals(wanted)
                ? Optional.empty()
                : Optional.of("Application Image Tag (" + wanted + ") doesn't match request event payload Image Tag ("
                        + tag + ").");
    }

    /** A tag of one to five digits is taken for a port, so the name keeps it. */
    static String nameIn(String image) {
        int colon = image.lastIndexOf(':');
        return colon < 0 || PORT.matcher(image.substring(colon + 1)).matches() ? image : image.substring(0, colon);
    }
}
