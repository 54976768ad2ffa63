package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.deploy.TargetPlanning.Planned;
import dev.windlass.activities.protect.LastDrills;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Release RELEASE = new Release(new Version("9b1c0de"), "sha256:" + "a".repeat(64));
    private static final Planned NEW = planned(Optional.empty());
    private static final Planned SERVED =
            planned(Optional.of(new ReleaseRecord.Kept(RELEASE, NOW.minusSeconds(60), Optional.empty())));

    @TempDir
    private Path directory;

    @Test
    void saysNothingWhileTheLastDrillIsYoungEnough() throws IOException {
        assertThat(check("refuse", 35).checked(to("prod"), NEW)).isEqualTo(NEW);
    }

    @Test
    void warnsInThePlanWithoutChangingWhatIsApproved() throws IOException {
        Planned warned = check("warn", 36).checked(to("prod"), NEW);

        assertThat(warned.plan().shown())
                .containsEntry(
                        "drills", "WARNING: shop was not recovered for 36 d 0 h; try it: windlass drill database shop");
        assertThat(warned.plan().digest()).isEqualTo(NEW.plan().digest());
    }

    @Test
    void refusesWhatIsNewWhereTheClusterSaysSo() throws IOException {
        DrillCheck check = check("refuse", 36);

        assertThatThrownBy(() -> check.checked(to("prod"), NEW))
                .hasMessageContaining("no drill has recovered shop for 36 d 0 h, 35 d 0 h is the limit")
                .hasMessageContaining("windlass drill database shop --wait")
                .hasMessageContaining("see: runbooks/deploy.md#drill-old");
        assertThat(check.checked(to("prod"), SERVED).plan().shown()).containsKey("drills");
        assertThat(check.checked(to("prod", DeployRequest.DRILL), NEW).plan().shown())
                .containsKey("drills");
    }

    @Test
    void leavesOtherEnvironmentsAndClustersThatIgnoreItAlone() throws IOException {
        assertThat(check("refuse", 36).checked(to("staging"), NEW)).isEqualTo(NEW);
        assertThat(check("ignore", 36).checked(to("prod"), NEW)).isEqualTo(NEW);
    }

    /** A cluster that is not protected at all is another finding. */
    @Test
    void saysNothingOfAClusterThatWasNeverProtected() throws IOException {
        assertThat(check("refuse", database -> Optional.empty()).checked(to("prod"), NEW))
                .isEqualTo(NEW);
    }

    private DrillCheck check(String deploys, int days) throws IOException {
        return check(deploys, database -> Optional.of(NOW.minus(Duration.ofDays(days))));
    }

    private DrillCheck check(String deploys, LastDrills drills) throws IOException {
        String text = Files.readString(Path.of("../ops.example.yml"))
                .replace("      deploys: warn\n", "      deploys: " + deploys + "\n");
        Path file = Files.writeString(directory.resolve(deploys + ".yml"), text);
        Files.copy(
                Path.of("../classification.example.yml"),
                directory.resolve("classification.example.yml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return new DrillCheck(
                ((OpsFileReading.Accepted) OpsFile.read(file)).operations(), drills, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static DeployRequest to(String environment, String... accepted) {
        return new DeployRequest(
                new AppName("shop"),
                new EnvironmentName(environment),
                RELEASE.version(),
                new Requester("ana", Optional.empty()),
                new TreeSet<>(List.of(accepted)),
                DeployRequest.Migrating.LEFT_ALONE);
    }

    private static Planned planned(Optional<ReleaseRecord.Kept> kept) {
        Plan plan = Plan.of("deploy", Sorted.of(), Sorted.of(), Sorted.of("disk", "9 GB free"), List.of());
        return new Planned(plan, RELEASE, Optional.empty(), Optional.empty(), kept);
    }
}
