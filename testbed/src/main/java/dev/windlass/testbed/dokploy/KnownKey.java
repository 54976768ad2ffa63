package dev.windlass.testbed.dokploy;

import java.util.Optional;

/**
 * 401 for anything but a valid {@code x-api-key}; {@code Authorization: Bearer}, which third-party pages show, is not
 * read. Dokploy 0.30.2, packages/server/src/lib/auth.ts (validateRequest) and apps/dokploy/pages/api/[...trpc].ts .
 */
record KnownKey(String key) implements DokployRule {
    @Override
    public Optional<DokployAnswer> judge(DokployCall call) {
        return call.key().filter(key::equals).isPresent()
                ? Optional.empty()
                : Optional.of(new DokployAnswer.Plain(401, "Unauthorized"));
    }

    @Override
    public String toString() {
        return "KnownKey";
    }
}
