package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.SecretReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a deploy by Dokploy asks for. Queries are GET with parameters, mutations POST of JSON, the key goes into the
 * header {@code x-api-key}: openapi.json of Dokploy 0.30.2.
 *
 * @param url of Dokploy, without /api
 */
public record DokployCalls(String url, SecretReference key, String applicationId) {
    /** What the title of the way back has at its end. */
    public static final String UNDO = "/undo";

    public DokployCalls {
        // The key goes over that wire.
        if (!url.matches("(https://[^/?#@]+|http://(127\\.0\\.0\\.1|localhost)(:\\d+)?)(/[^?#]*[^/?#])?")) {
            throw new IllegalArgumentException(
                    "the address of Dokploy is https:// and a host, or http://127.0.0.1 and a"
                            + " port, without / at the end, not " + url);
        }
        if (!applicationId.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("\"" + applicationId + "\" is no id of an application of Dokploy");
        }
    }

    public static DokployCalls of(Update.Dokploy dokploy) {
        return new DokployCalls(dokploy.url(), dokploy.key(), dokploy.application());
    }

    /** Everything that one deployment asks for; its changes in their order. */
    public List<Effect> deployment(String image, String title) {
        return List.of(queue(), deployments(), application(), setImage(image), deploy(title));
    }

    /** The same for the way back: a deployment of its own, with a title of its own. */
    List<Effect> deploymentBack(String image, String title) {
        return deployment(image, title + UNDO);
    }

    public HttpCall application() {
        return query("application.one", "applicationId=" + encoded(applicationId));
    }

    /** @param image with its digest, {@code ghcr.io/acme/shop@sha256:…}; a tag may name something else tomorrow */
    public HttpCall setImage(String image) {
        return mutation("application.update", Map.of("applicationId", applicationId, "dockerImage", image));
    }

    /** Answers nothing: the title is what the deployment is found by. */
    public HttpCall deploy(String title) {
        return mutation("application.deploy", Map.of("applicationId", applicationId, "title", title));
    }

    public HttpCall queue() {
        return query("deployment.queueList", "");
    }

    /** Newest first. */
    public HttpCall deployments() {
        return query("deployment.allByType", "id=" + encoded(applicationId) + "&type=application");
    }

    private HttpCall query(String procedure, String parameters) {
        String address = url + "/api/" + procedure + (parameters.isEmpty() ? "" : "?" + parameters);
        return new HttpCall(Access.READS, "GET", address, Optional.empty(), Optional.of(key));
    }

    private HttpCall mutation(String procedure, Map<String, String> input) {
        return new HttpCall(
                Access.CHANGES,
                "POST",
                url + "/api/" + procedure,
                Optional.of(PayloadJson.canonical(input)),
                Optional.of(key));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
