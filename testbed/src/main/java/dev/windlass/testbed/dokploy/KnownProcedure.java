package dev.windlass.testbed.dokploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * 404 for a procedure or method that is not there, 400 with zod's issues for a required field that is missing. Dokploy
 * 0.30.2, openapi.json ({@code required} of each request body) and the schemas in packages/server/src/db/schema .
 */
final class KnownProcedure implements DokployRule {
    private record Shape(String method, List<String> required, List<String> nullable) {}

    private static final Map<String, Shape> KNOWN = Map.of(
            "application.one",
            new Shape("GET", List.of("applicationId"), List.of()),
            "application.update",
            new Shape("POST", List.of("applicationId"), List.of()),
            "application.saveDockerProvider",
            new Shape("POST", List.of("applicationId"), List.of("dockerImage", "username", "password", "registryUrl")),
            "application.deploy",
            new Shape("POST", List.of("applicationId"), List.of()),
            "application.redeploy",
            new Shape("POST", List.of("applicationId"), List.of()),
            "deployment.all",
            new Shape("GET", List.of("applicationId"), List.of()),
            "deployment.allByType",
            new Shape("GET", List.of("id", "type"), List.of()),
            "deployment.queueList",
            new Shape("GET", List.of(), List.of()));

    @Override
    public Optional<DokployAnswer> judge(DokployCall call) {
        Shape shape = KNOWN.get(call.procedure());
        if (shape == null || !shape.method().equals(call.method())) {
            return Optional.of(DokployAnswer.refused(404, "NOT_FOUND", "Not found"));
        }
        List<DokployAnswer.Issue> issues = new ArrayList<>();
        for (String name : shape.required()) {
            JsonNode value = call.input().path(name);
            if (!value.isString()) {
                issues.add(wrong(name, value));
            } else if (value.asString().isEmpty()) {
                issues.add(
                        new DokployAnswer.Issue(name, "string", "Too small: expected string to have >=1 characters"));
            }
        }
        for (String name : shape.nullable()) {
            JsonNode value = call.input().path(name);
            if (!value.isString() && !value.isNull()) {
                issues.add(wrong(name, value));
            }
        }
        return issues.isEmpty()
                ? Optional.empty()
                : Optional.of(new DokployAnswer.Refused(400, "BAD_REQUEST", "Input validation failed", issues));
    }

    private static DokployAnswer.Issue wrong(String name, JsonNode value) {
        String received =
                value.isMissingNode() ? "undefined" : value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
        return new DokployAnswer.Issue(name, "string", "Invalid input: expected string, received " + received);
    }
}
