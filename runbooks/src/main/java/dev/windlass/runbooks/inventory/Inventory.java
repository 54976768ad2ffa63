package dev.windlass.runbooks.inventory;

import dev.windlass.runbooks.config.App;
import dev.windlass.runbooks.config.Archive;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.runbooks.config.Store;
import dev.windlass.runbooks.config.Target;
import dev.windlass.runbooks.config.Target.ProcessTarget;
import dev.windlass.runbooks.config.Target.ServiceTarget;
import dev.windlass.runbooks.inventory.Need.Held;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.SecretReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What ops.yml says that a new machine needs. It knows what Windlass was told, and nothing else: a certificate or a cron line that
 * no key names is not in it.
 */
public final class Inventory {
    private static final String DOKPLOY = "/etc/dokploy";
    private static final String NGINX = "/etc/nginx/nginx.conf";

    private final Operations operations;
    private final List<Need> needs = new ArrayList<>();

    private Inventory(Operations operations) {
        this.operations = operations;
    }

    public static List<Need> of(Operations operations) {
        Inventory inventory = new Inventory(operations);
        inventory.addSets();
        operations.databases().values().forEach(inventory::addDatabase);
        operations.backup().archives().forEach(inventory::addArchive);
        operations.backup().redis().forEach(inventory::addRedis);
        operations.apps().values().forEach(inventory::addApp);
        inventory.addSecrets();
        return inventory.needs.stream().distinct().toList();
    }

    private void addSets() {
        Optional<Store> remote = operations.backup().remote().map(operations::store);
        if (remote.isEmpty()) {
            add("the sets themselves", Held.NOWHERE, "name a store under backup.remote: they lie on this machine only");
        } else if (remote.get() instanceof Store.DirectoryStore directory) {
            add(
                    "the sets themselves",
                    Held.ELSEWHERE,
                    "in " + directory.path() + ", which must not be on a disk of this machine");
        } else {
            add(
                    "the sets themselves",
                    Held.ELSEWHERE,
                    "in store " + remote.get().name());
        }
        int recipients = operations.backup().recipients().size();
        add(
                "an age identity that opens them",
                Held.ELSEWHERE,
                "where you keep the secret half of "
                        + (recipients == 1 ? "the key" : "one of the " + recipients + " keys")
                        + " of backup.recipients");
    }

    private void addDatabase(Database database) {
        boolean isBackedUp = operations.backup().databases().contains(database.name());
        add(
                "database " + database.name(),
                isBackedUp ? Held.IN_SETS : Held.NOWHERE,
                isBackedUp ? "dump, roles and facts" : "add it to backup.databases");
    }

    private void addArchive(Archive archive) {
        add("files " + archive.name(), Held.IN_SETS, String.join(", ", archive.paths()));
    }

    private void addRedis(RedisServer redis) {
        add("data of Redis " + redis.name(), Held.IN_SETS, "a snapshot");
    }

    private void addApp(App app) {
        app.environments().forEach((environment, target) -> {
            String whose = app.name() + " in " + environment;
            addTarget(app, environment, target);
            app.migrations(environment)
                    .ifPresent(migrations -> addPath("migrations of " + whose, migrations.directory()));
        });
    }

    private void addTarget(App app, EnvironmentName environment, Target target) {
        String whose = app.name() + " in " + environment;
        addPath("releases of " + whose + ", as a list", app.releaseList(environment, operations.state()));
        switch (target) {
            case ProcessTarget process -> {
                addPath("artefacts of " + whose, process.artefacts());
                process.environmentFile().ifPresent(file -> addPath("variables of " + whose, file));
                addPath("nginx in front of " + whose, process.nginx().config().orElse(NGINX));
            }
            case ServiceTarget service -> {
                add("images of " + whose, Held.ELSEWHERE, "at " + service.image());
                if (service.update() instanceof Target.Update.Dokploy) {
                    addPath("Dokploy, which runs " + whose, DOKPLOY);
                } else {
                    add(
                            "service " + service.service(),
                            Held.ELSEWHERE,
                            "whoever made it knows how: Windlass only gives it images");
                }
            }
        }
    }

    /** Those in files are files; those in the worker's environment come from a file that ops.yml does not name. */
    private void addSecrets() {
        List<SecretReference> secrets = SecretsOf.operations(operations);
        String variables = secrets.stream()
                .map(SecretReference::value)
                .filter(secret -> secret.startsWith("env:"))
                .map(secret -> secret.substring("env:".length()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!variables.isEmpty()) {
            add("the worker's variables", Held.ELSEWHERE, variables);
        }
        secrets.stream()
                .flatMap(secret -> secret.file().stream())
                .distinct()
                .sorted()
                .forEach(file -> addPath("secret", file));
    }

    private void addPath(String what, String path) {
        Optional<Archive> holder = operations.backup().archives().stream()
                .filter(archive -> holds(archive, path))
                .findFirst();
        add(
                what + ": " + path,
                holder.isPresent() ? Held.IN_SETS : Held.NOWHERE,
                holder.map(archive -> "files " + archive.name()).orElse("add it to backup.files"));
    }

    private static boolean holds(Archive archive, String path) {
        return archive.paths().stream().anyMatch(held -> Path.of(path).startsWith(Path.of(held)))
                && archive.exclude().stream().noneMatch(left -> Path.of(path).startsWith(Path.of(left)));
    }

    private void add(String what, Held held, String note) {
        needs.add(new Need(what, held, note));
    }
}
