package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.runbooks.config.App;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The app of ops.example.yml over the parts of a test. */
final class ShopParts {
    private ShopParts() {}

    /** @param user who the run connects to databases as */
    static MigrateParts of(
            BackupParts backup,
            AppName name,
            EnvironmentName environment,
            Migrations migrations,
            String user,
            Duration lockPatience) {
        Operations old = backup.operations();
        App sample = ((OpsFileReading.Accepted) OpsFile.read(Path.of("../ops.example.yml")))
                .operations()
                .app(name);
        App app = new App(
                name, Map.of(environment, sample.environment(environment)), Map.of(), Map.of(environment, migrations));
        Operations operations = new Operations(
                old.team(),
                old.state(),
                old.temporal(),
                old.databases().values().stream()
                        .map(each -> as(user, each))
                        .collect(Collectors.toMap(Database::name, each -> each)),
                old.stores(),
                old.backup(),
                old.notifications(),
                Map.of(name, app),
                old.people(),
                old.approvals());
        return new MigrateParts(
                new BackupParts(
                        operations,
                        backup.shell(),
                        backup.sealedFiles(),
                        backup.stores(),
                        backup.identities(),
                        backup.connections(),
                        backup.journal(),
                        backup.clock()),
                (request, workflowId) -> Optional.empty(),
                List.of(
                        Path.of("/usr/local/bin"),
                        Path.of(System.getProperty("user.home"), ".cache", "windlass", "squawk", "bin")),
                lockPatience);
    }

    private static Database as(String user, Database database) {
        return new Database(
                database.name(),
                database.database(),
                database.environment(),
                database.host(),
                database.port(),
                user,
                database.password(),
                database.tools(),
                database.smoke());
    }
}
