package dev.windlass.testbed.dokploy;

import java.util.Optional;

/** 404 for an application that is not there. Dokploy 0.30.2, packages/server/src/services/application.ts (findApplicationById). */
record KnownApplication(String id) implements DokployRule {
    @Override
    public Optional<DokployAnswer> judge(DokployCall call) {
        return call.text("applicationId").filter(asked -> !asked.equals(id)).isPresent()
                ? Optional.of(DokployAnswer.refused(404, "NOT_FOUND", "Application not found"))
                : Optional.empty();
    }
}
