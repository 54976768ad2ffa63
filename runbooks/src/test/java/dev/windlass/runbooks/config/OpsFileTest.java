package dev.windlass.runbooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.ClearPayloads;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsFileTest {
    private static final String RECIPIENT = "age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y";
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILIvrvUApL6eJtBre3IVLKcUoodyVh5ZChWdKYWNgCKJ";
    private static final String SMALLEST = """
            version: 1
            team: Example
            databases:
              shop: {}
              crm: {environment: no}
            backup:
              recipients: [%s]
            """.formatted(RECIPIENT);

    @Test
    void smallestFileGetsTheDefaults() {
        Operations operations = accepted(SMALLEST);
        assertThat(operations.state()).isEqualTo("/var/lib/windlass");
        assertThat(operations.temporal())
                .isEqualTo(new TemporalSettings("127.0.0.1:7233", "default", ClearPayloads.REFUSED));
        assertThat(operations.stores()).isEmpty();
        assertThat(operations.notifications()).isEqualTo(Notifications.none());
        assertThat(operations.database(new DatabaseName("shop")))
                .isEqualTo(new Database(
                        new DatabaseName("shop"),
                        "shop",
                        "production",
                        "127.0.0.1",
                        5432,
                        "postgres",
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
        CronSchedule nightly = new CronSchedule("0 3 * * *", ZoneId.of("UTC"), Duration.ofHours(6));
        CronSchedule monthly = new CronSchedule("0 5 1 * *", ZoneId.of("UTC"), Duration.ofHours(6));
        assertThat(operations.backup())
                .isEqualTo(new BackupPolicy(
                        List.of(new DatabaseName("crm"), new DatabaseName("shop")),
                        List.of(),
                        List.of(),
                        "/var/backups/windlass",
                        List.of(RECIPIENT),
                        3,
                        2,
                        new BackupPolicy.Priority(10, BackupPolicy.Priority.IoClass.BEST_EFFORT),
                        new BackupPolicy.Retention(7, 30),
                        Optional.empty(),
                        nightly,
                        monthly,
                        new BackupPolicy.Scratch(
                                "/var/lib/windlass-scratch", "postgres", BackupPolicy.Scratch.Amcheck.STRUCTURE)));
    }

    @Test
    void nobodyIsAskedUnlessApprovalsSaySo() {
        Operations operations = accepted(SMALLEST);
        assertThat(operations.people()).isEmpty();
        assertThat(operations.approvalPolicy(new EnvironmentName("prod"))).isEmpty();
    }

    @Test
    void approvalsAreReadWithTheirDefaults() {
        Operations operations = accepted(SMALLEST + """
                people:
                  ana: {slack: U0123ABCD01}
                  ben: {key: %s ben@laptop}
                approvals:
                  prod: {approvers: [ben, ana]}
                """.formatted(KEY));
        assertThat(operations.approvalPolicy(new EnvironmentName("prod")))
                .contains(new ApprovalPolicy(
                        new EnvironmentName("prod"),
                        List.of(new PersonName("ana"), new PersonName("ben")),
                        1,
                        Duration.ofHours(24)));
        assertThat(operations.person(new PersonName("ben")).key().map(SshPublicKey::toString))
                .contains(KEY);
        assertThatThrownBy(() -> operations.person(new PersonName("chris")))
                .hasMessage("ops.yml has no person \"chris\"; it has ana, ben");
    }

    @Test
    void noIsText() {
        assertThat(accepted(SMALLEST).database(new DatabaseName("crm")).environment())
                .isEqualTo("no");
    }

    @Test
    void databasesComeInTheOrderOfTheirNames() {
        assertThat(accepted(SMALLEST).databases().keySet())
                .containsExactly(new DatabaseName("crm"), new DatabaseName("shop"));
    }

    @Test
    void valuesAreBroughtIntoOneShape() {
        Operations operations = accepted(SMALLEST + """
                  remote: offsite
                stores:
                  offsite:
                    kind: s3
                    region: eu-central-1
                    bucket: backups
                    prefix: production
                    access_key_id: env:KEY
                    secret_access_key: file:/run/secrets/key
                notifications:
                  temporal_ui: http://127.0.0.1:8233/
                  slack: {token: env:TOKEN, channel: C0123456789, api: "http://127.0.0.1:9000/api"}
                  email:
                """);
        assertThat(operations.store(new StoreName("offsite")))
                .isEqualTo(new Store.S3Store(
                        new StoreName("offsite"),
                        Store.S3Store.Dialect.S3,
                        "https://s3.eu-central-1.amazonaws.com",
                        "eu-central-1",
                        "backups",
                        "production/",
                        new SecretReference("env:KEY"),
                        new SecretReference("file:/run/secrets/key"),
                        Optional.empty(),
                        16));
        assertThat(operations.notifications())
                .isEqualTo(new Notifications(
                        Optional.of("http://127.0.0.1:8233"),
                        Optional.of(new Notifications.Slack(
                                new SecretReference("env:TOKEN"), "C0123456789", "http://127.0.0.1:9000/api/")),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void questionsHaveAChannelAndButtonsOfTheirOwn() {
        Operations operations = accepted(SMALLEST + """
                notifications:
                  slack:
                    token: env:TOKEN
                    channel: C0123456789
                    approvals_channel: C0123456780
                    team: T0123456789
                    app: A0123456789
                    app_token: env:APP_TOKEN
                """);
        assertThat(operations.notifications().slack())
                .contains(new Notifications.Slack(
                        new SecretReference("env:TOKEN"),
                        "C0123456789",
                        "https://slack.com/api/",
                        "C0123456780",
                        Optional.of(new Notifications.Buttons(
                                "T0123456789",
                                "A0123456789",
                                Optional.of(new SecretReference("env:APP_TOKEN")),
                                Optional.empty()))));
    }

    @Test
    void keysCanBeSharedThroughAnAnchor() {
        Operations operations = accepted("""
                version: 1
                team: Example
                databases:
                  shop: &server {host: db.internal, port: 5433}
                  crm: {<<: *server, port: 5434}
                backup:
                  recipients: [%s]
                """.formatted(RECIPIENT));
        Database crm = operations.database(new DatabaseName("crm"));
        assertThat(crm.host()).isEqualTo("db.internal");
        assertThat(crm.port()).isEqualTo(5434);
    }

    @Test
    void localIsTheBackupDirectory() {
        assertThat(accepted(SMALLEST).store(BackupPolicy.LOCAL))
                .isEqualTo(new Store.DirectoryStore(BackupPolicy.LOCAL, "/var/backups/windlass"));
    }

    @Test
    void unknownNameIsAnsweredWithTheKnownOnes() {
        Operations operations = accepted(SMALLEST);
        assertThatThrownBy(() -> operations.database(new DatabaseName("orders")))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("ops.yml has no database \"orders\"; it has crm, shop");
    }

    @Test
    void fileThatIsMissingOrNotTextIsRefused(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing.yml");
        assertThat(refused(missing))
                .isEqualTo(missing + ":1:1: there is no such file\n"
                        + "  hint: copy ops.example.yml, or name the file with --config");
        Path latin = Files.write(directory.resolve("latin.yml"), "team: Bücher".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refused(latin)).isEqualTo(latin + ":1:1: is not UTF-8 text\n  hint: save it as UTF-8");
        assertThat(refused(directory)).startsWith(directory + ":1:1: cannot be read: ");
    }

    @Test
    void fileThatIsNestedWithoutEndIsRefused() {
        assertThat(OpsFile.read("[".repeat(100_000), new Problems("ops.yml")))
                .isInstanceOf(OpsFileReading.Refused.class);
        assertThat(OpsFile.read("# ".repeat(200_000), new Problems("ops.yml")))
                .isInstanceOf(OpsFileReading.Refused.class);
    }

    @Test
    void digestChangesWithTheConfigurationAndWithNothingElse() {
        String digest = ConfigurationDigest.of(accepted(SMALLEST));
        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        assertThat(ConfigurationDigest.of(accepted("# a comment\r\n" + SMALLEST.replace("\n", "\r\n"))))
                .isEqualTo(digest);
        assertThat(ConfigurationDigest.of(accepted(SMALLEST + "  jobs: 3\n"))).isNotEqualTo(digest);
    }

    private static Operations accepted(String text) {
        OpsFileReading reading = OpsFile.read(text, new Problems("ops.yml"));
        assertThat(reading).isInstanceOf(OpsFileReading.Accepted.class);
        return ((OpsFileReading.Accepted) reading).operations();
    }

    private static String refused(Path file) {
        return ((OpsFileReading.Refused) OpsFile.read(file)).text();
    }
}
