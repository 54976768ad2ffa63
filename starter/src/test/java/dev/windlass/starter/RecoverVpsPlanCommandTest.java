package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.recovery.PlanByHand;
import dev.windlass.workflows.kernel.PayloadJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverVpsPlanCommandTest {
    private static final String OTHER = "20261124T040000Z-2f3a09bc";

    @TempDir
    private Path directory;

    private final FakeRuns runs = new FakeRuns();

    @Test
    void takesAnExampleAndSaysSoWhereNoSetIsKnown() {
        Typed typed = typed();

        assertThat(typed.type("plan", "recover", "vps", "--sets", "nowhere")).isZero();
        assertThat(typed.err()).contains("warning: no set is known here").contains("hint: fetch manifest.json");
        assertThat(typed.out())
                .contains("\naws s3api get-object ")
                .contains("\n== What is left to you\n")
                .doesNotContain("systemd-run");
    }

    @Test
    void takesTheNewestSetOfTheMachinesOwn() throws IOException {
        write("sets/20261123T030000Z-0f3a09bc/manifest.json", manifest());
        write("sets/20261123T030000Z-0f3a09bc/proof.json", "{}");
        write("sets/" + OTHER + "/manifest.json", manifest().replace("20261124T030000Z-1f3a09bc", OTHER));
        write("sets/" + OTHER + "/proof.json", "{}");
        write("sets/20261125T030000Z-4f3a09bc/manifest.json", manifest());
        Files.createDirectories(directory.resolve("sets/20261126T040000Z-3f3a09bc"));
        Typed typed = typed();

        assertThat(typed.type("plan", "recover", "vps", "--sets", "")).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).contains("set: " + OTHER).contains("sets/" + OTHER + "/shop.");
    }

    @Test
    void saysThatASetWasNeverProven() throws IOException {
        write("sets/" + OTHER + "/manifest.json", manifest());
        Typed typed = typed();

        assertThat(typed.type("plan", "recover", "vps", "--sets", "")).isZero();
        assertThat(typed.err()).contains("warning: set " + OTHER + " was never proven");
    }

    @Test
    void takesTheClusterThatOpsYmlNames() throws IOException {
        write("kept.json", manifest());
        Typed typed = typed();
        String operations = Path.of("../ops.example.yml").toAbsolutePath().toString();

        assertThat(typed.type("plan", "recover", "vps", "--manifest", "kept.json", "--config", operations))
                .isZero();
        assertThat(typed.out()).contains("pgbackrest --config=").doesNotContain("pg_restore");

        Typed other = typed();
        assertThat(other.type(
                        "plan",
                        "recover",
                        "vps",
                        "--manifest",
                        "kept.json",
                        "--config",
                        operations,
                        "--databases-from-set"))
                .isZero();
        assertThat(other.out()).contains("pg_restore").doesNotContain("pgbackrest --config=");
    }

    @Test
    void saysThatTheSetIsTakenWhereOpsYmlCannotBeUsed() throws IOException {
        write("kept.json", manifest());
        write("broken.yml", "version: 1\n");
        for (String config : List.of("broken.yml", "lost.yml")) {
            Typed typed = typed();

            assertThat(typed.type("plan", "recover", "vps", "--manifest", "kept.json", "--config", config))
                    .isZero();
            assertThat(typed.err())
                    .contains(config + " cannot be used: the databases are planned from the set")
                    .contains("hint: windlass check ");
            assertThat(typed.out()).contains("pg_restore");
        }
    }

    @Test
    void takesTheManifestThatIsNamed() throws IOException {
        write("kept.json", manifest());
        Typed typed = typed();

        assertThat(typed.type("plan", "recover", "vps", "--manifest", "kept.json", "--json"))
                .isZero();
        assertThat(PayloadJson.mapper()
                        .readTree(typed.out())
                        .at("/plan/runbook")
                        .asText())
                .isEqualTo("recover-vps-by-hand");
    }

    @Test
    void refusesAManifestThatIsNone() throws IOException {
        write("kept.json", "{\"format\":\"windlass-backup/2\"}");
        Typed typed = typed();

        assertThat(typed.type("plan", "recover", "vps", "--manifest", "kept.json"))
                .isEqualTo(2);
        assertThat(typed.err())
                .contains("kept.json is not the manifest of a backup set")
                .contains("see: runbooks/recover-vps.md#by-hand");
        assertThat(typed.type("plan", "recover", "vps", "--manifest", "lost.json"))
                .isEqualTo(4);
        assertThat(typed.err()).contains("lost.json cannot be read");
    }

    private Typed typed() {
        return new Typed(runs, directory, Map.of());
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String manifest() {
        return PayloadJson.canonical(PlanByHand.example().manifest());
    }
}
