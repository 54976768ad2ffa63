package dev.windlass.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.runbooks.inventory.Need.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not in a set is said before the machine is gone. */
class InventoryTest {
    private static final String SMALLEST = """
            version: 1
            team: Example
            databases:
              shop: {}
              crm: {}
            backup:
              recipients: [age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y]
            """;

    @TempDir
    private Path directory;

    @Test
    void withoutARemoteStoreNothingOutlivesTheMachine() throws IOException {
        assertThat(needs(SMALLEST))
                .contains(new Need(
                        "the sets themselves",
                        Held.NOWHERE,
                        "name a store under backup.remote: they lie on this machine only"));
    }

    @Test
    void aDatabaseThatIsNotBackedUpIsNowhere() throws IOException {
        List<Need> needs = needs(SMALLEST + "  databases: [shop]\n");
        assertThat(needs)
                .contains(new Need("database shop", Held.IN_SETS, "dump, roles and facts"))
                .contains(new Need("database crm", Held.NOWHERE, "add it to backup.databases"));
    }

    @Test
    void opsYmlItselfIsInEverySet() throws IOException {
        Path file = directory.resolve("ops.yml");
        assertThat(needs(SMALLEST))
                .contains(new Need(
                        "files windlass", Held.IN_SETS, file.toRealPath() + ", /var/lib/windlass/audit.jsonl"));
    }

    @Test
    void everySetHoldsWhatOpensThePhysicalBackups() {
        List<Need> needs = Inventory.of(accepted(Path.of("../ops.example.yml")));
        String passphrase = "/etc/windlass/pgbackrest.passphrase";
        assertThat(needs).contains(new Need("secret: " + passphrase, Held.IN_SETS, "files windlass"));
        assertThat(needs)
                .filteredOn(need -> need.what().equals("files windlass"))
                .singleElement()
                .satisfies(need -> assertThat(need.note())
                        .endsWith("/audit.jsonl, /var/lib/windlass/releases/crm/prod.json,"
                                + " /var/lib/windlass/releases/crm/staging.json, /srv/shop-prod/releases.json,"
                                + " /srv/shop-staging/releases.json, " + passphrase));
        assertThat(needs)
                .filteredOn(need -> need.what().equals("the worker's variables"))
                .singleElement()
                .satisfies(need -> assertThat(need.note()).contains("CLUSTER_ADMIN_PASSWORD"));
    }

    @Test
    void theManualsOwnFileNamesWhatItLacks() {
        List<Need> needs = Inventory.of(accepted(Path.of("../ops.example.yml")));
        assertThat(needs.stream().filter(need -> need.held() == Held.NOWHERE).map(Need::what))
                .containsExactly(
                        "database shop-staging",
                        "Dokploy, which runs crm in staging: /etc/dokploy",
                        "artefacts of shop in prod: /srv/artefacts/shop",
                        "variables of shop in prod: /etc/windlass/shop-prod.env",
                        "nginx in front of shop in prod: /etc/nginx/nginx.conf",
                        "migrations of shop in prod: /srv/migrations/shop-prod",
                        "artefacts of shop in staging: /srv/artefacts/shop",
                        "nginx in front of shop in staging: /etc/nginx/nginx.conf",
                        "migrations of shop in staging: /srv/migrations/shop-staging",
                        "secret: /run/secrets/mail-password");
        assertThat(needs)
                .contains(new Need("images of crm in prod", Held.ELSEWHERE, "at ghcr.io/example/crm"))
                .filteredOn(need -> need.what().equals("the worker's variables"))
                .singleElement()
                .satisfies(need -> assertThat(need.note())
                        .contains(
                                "DOKPLOY_KEY",
                                "GITHUB_TOKEN",
                                "R2_SECRET_ACCESS_KEY",
                                "SHOP_OWNER_PASSWORD",
                                "SLACK_"));
    }

    @Test
    void whatIsExcludedFromAnArchiveIsNotInIt() throws IOException {
        String apps = """
                  files:
                    srv: {path: /srv, exclude: [/srv/artefacts]}
                apps:
                  shop:
                    environments:
                      prod:
                        target: process
                        artefacts: /srv/artefacts
                        directory: /srv/shop
                        command: [/usr/bin/true]
                        user: shop
                        ports: [4101, 4102]
                        nginx: {upstream: shop, upstream_file: /etc/nginx/windlass/shop.conf, log: /var/log/shop.log}
                        health: {path: /health, version_path: /version}
                """;
        assertThat(needs(SMALLEST + apps))
                .contains(new Need("artefacts of shop in prod: /srv/artefacts", Held.NOWHERE, "add it to backup.files"))
                .contains(new Need(
                        "releases of shop in prod, as a list: /srv/shop/releases.json", Held.IN_SETS, "files srv"));
    }

    private List<Need> needs(String text) throws IOException {
        return Inventory.of(accepted(Files.writeString(directory.resolve("ops.yml"), text)));
    }

    private static Operations accepted(Path file) {
        return switch (OpsFile.read(file)) {
            case OpsFileReading.Accepted accepted -> accepted.operations();
            case OpsFileReading.Refused refused -> throw new AssertionError(refused.text());
        };
    }
}
