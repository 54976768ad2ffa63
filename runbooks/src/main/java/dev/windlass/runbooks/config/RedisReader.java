package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.RedisName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code backup.redis:}, and what is written like its entries. */
final class RedisReader {
    private static final Form<RedisName> NAME = Forms.named("the name of a Redis server", RedisName::new);
    private static final Form<String> USER = Forms.text("a user of Redis", 100);

    private RedisReader() {}

    static List<RedisServer> readAll(Section backup) {
        List<RedisServer> servers = new ArrayList<>();
        backup.named("redis").forEach((written, section) -> {
            Optional<RedisName> name = section.itsName(written, NAME);
            RedisServer server = read(name.orElse(NAME.standIn()), section);
            section.refuseOtherKeys();
            name.ifPresent(good -> servers.add(server));
        });
        return servers;
    }

    /** Whoever calls refuses other keys. */
    static RedisServer read(RedisName name, Section section) {
        RedisServer server = new RedisServer(
                name,
                section.get("host", NetworkForms.HOST_OR_SOCKET_FILE, "127.0.0.1"),
                section.get("port", NetworkForms.PORT, 6379),
                section.find("user", USER),
                section.find("password", SecretForm.SECRET));
        if (server.user().isPresent() && server.password().isEmpty()) {
            section.report("user", "has no password", "add password: a user of Redis needs one");
        }
        return server;
    }
}
