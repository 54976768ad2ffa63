package dev.windlass.runbooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final Path EXAMPLE = Path.of("../ops.example.yml");

    @Test
    void theExampleSpellsOutWhatIsMeantWhenAKeyIsLeftOut() throws IOException {
        String example = Files.readString(EXAMPLE);
        String shorter = example.replaceAll(
                "(?m)^ {10}(user: shop_owner|password: env:SHOP_OWNER|lock_timeout|statement_timeout|backup_age|undo|follows).*\n",
                "");

        assertThat(shorter.lines().count()).isEqualTo(example.lines().count() - 7);
        assertThat(ofProd(shorter))
                .isEqualTo(new Migrations(
                        Tool.PRISMA,
                        new DatabaseName("shop"),
                        "/srv/migrations/shop-prod",
                        List.of("npx", "prisma"),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(15),
                        Duration.ofHours(24),
                        Undo.DOWN,
                        Optional.empty()));
        Migrations written = ofProd(example);
        assertThat(written.user()).contains("shop_owner");
        assertThat(written.password()).contains(new SecretReference("env:SHOP_OWNER_PASSWORD"));
        assertThat(written.lockTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(written.statementTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(written.backupAge()).isEqualTo(Duration.ofHours(24));
        assertThat(written.undo()).isEqualTo(Undo.DOWN);
        assertThat(written.follows()).contains(new EnvironmentName("staging"));
    }

    @Test
    void theWayBackMayBeARestoreOrAPerson() throws IOException {
        String example = Files.readString(EXAMPLE);
        assertThat(ofProd(example.replace("          undo: down\n", "          undo: restore\n"))
                        .undo())
                .isEqualTo(Undo.RESTORE);
        assertThat(ofProd(example.replace("          undo: down\n", "          undo: ask\n"))
                        .undo())
                .isEqualTo(Undo.ASK);
    }

    @Test
    void anEnvironmentMayHaveNone() throws IOException {
        assertThat(operations(Files.readString(EXAMPLE))
                        .app(new AppName("crm"))
                        .migrations(new EnvironmentName("staging")))
                .isEmpty();
    }

    private static Migrations ofProd(String text) {
        return shop(text).migrations(new EnvironmentName("prod")).orElseThrow();
    }

    private static App shop(String text) {
        return operations(text).app(new AppName("shop"));
    }

    private static Operations operations(String text) {
        OpsFileReading reading = OpsFile.read(text, new Problems("ops.yml"));
        assertThat(reading).isInstanceOf(OpsFileReading.Accepted.class);
        return ((OpsFileReading.Accepted) reading).operations();
    }
}
