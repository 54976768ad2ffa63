package dev.windlass.runbooks.inventory;

import dev.windlass.runbooks.config.App;
import dev.windlass.runbooks.config.Dns;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.runbooks.config.Store;
import dev.windlass.runbooks.config.Target;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every secret that ops.yml refers to. */
public final class SecretsOf {
    private SecretsOf() {}

    public static List<SecretReference> operations(Operations operations) {
        return Stream.of(
                        operations.databases().values().stream().flatMap(database -> database.password().stream()),
                        operations.databases().values().stream()
                                .flatMap(database -> database.stagingSync().stream())
                                .flatMap(SecretsOf::stagingSync),
                        operations.stores().values().stream().flatMap(SecretsOf::store),
                        operations.clusters().values().stream()
                                .flatMap(cluster ->
                                        Stream.concat(cluster.password().stream(), Stream.of(cluster.passphrase()))),
                        operations.backup().redis().stream().flatMap(redis -> redis.password().stream()),
                        operations.dns().stream().map(Dns::token),
                        notifications(operations.notifications()),
                        operations.apps().values().stream().flatMap(SecretsOf::app))
                .flatMap(secrets -> secrets)
                .toList();
    }

    private static Stream<SecretReference> stagingSync(StagingSync sync) {
        return Stream.of(
                        sync.reader().flatMap(StagingSync.Reader::password),
                        sync.redis().flatMap(redis -> redis.server().password()))
                .flatMap(Optional::stream);
    }

    private static Stream<SecretReference> store(Store store) {
        return switch (store) {
            case Store.S3Store bucket -> Stream.of(bucket.accessKeyId(), bucket.secretAccessKey());
            case Store.DirectoryStore directory -> Stream.empty();
        };
    }

    private static Stream<SecretReference> notifications(Notifications notifications) {
        Stream<Optional<SecretReference>> slack = notifications.slack().stream()
                .flatMap(each -> Stream.concat(
                        Stream.of(Optional.of(each.token())),
                        each.buttons().stream()
                                .flatMap(buttons -> Stream.of(buttons.appToken(), buttons.signingSecret()))));
        Stream<Optional<SecretReference>> others = Stream.of(
                notifications.email().flatMap(Notifications.Email::password),
                notifications.webhook().flatMap(Notifications.Webhook::secret));
        return Stream.concat(slack, others).flatMap(Optional::stream);
    }

    private static Stream<SecretReference> app(App app) {
        return Stream.of(
                        app.environments().values().stream().flatMap(SecretsOf::target),
                        app.gates().values().stream().map(gates -> gates.token()),
                        app.migrations().values().stream().flatMap(migrations -> migrations.password().stream()))
                .flatMap(secrets -> secrets);
    }

    private static Stream<SecretReference> target(Target target) {
        return switch (target) {
            case Target.ProcessTarget process -> Stream.empty();
            case Target.ServiceTarget service ->
                Stream.concat(
                        service.registry().map(Target.RegistryLogin::secret).stream(),
                        service.update() instanceof Target.Update.Dokploy dokploy
                                ? Stream.of(dokploy.key())
                                : Stream.empty());
        };
    }
}
