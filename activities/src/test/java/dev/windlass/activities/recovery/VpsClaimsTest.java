package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.StoresForTests;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.BrokenGlass;
import dev.windlass.workflows.recovery.Claim;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import dev.windlass.workflows.recovery.TargetMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VpsClaimsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private VpsClaims claims = claims(Path.of("."));

    @BeforeEach
    void open() {
        claims = claims(directory);
    }

    private static VpsClaims claims(Path directory) {
        ObjectStore store = StoresForTests.directory(directory);
        StepToken token = new StepToken("recover-vps", "run", StepId.of("claim"));
        return new VpsClaims(store, new StepContext(token, progress -> {}, EffectJournal.none()), CLOCK);
    }

    @Test
    void theFirstOneGetsTheBucketAndFindsItAgain() {
        Claim claim = claims.claim(request("ana", Claiming.IF_FREE), "run-1");

        assertThat(claim)
                .isEqualTo(new Claim(
                        Claim.FORMAT, 1, "run-1", "ana", "the disk is gone", "root@198.51.100.7", CLOCK.instant()));
        assertThat(claims.claim(request("ana", Claiming.IF_FREE), "run-1")).isEqualTo(claim);
        assertThat(directory.resolve("recovery/claims/000001.json")).exists();
    }

    @Test
    void aSecondOneIsRefused() {
        claims.claim(request("ana", Claiming.IF_FREE), "run-1");

        assertThatThrownBy(() -> claims.claim(request("ben", Claiming.IF_FREE), "run-2"))
                .hasMessageContaining("""
                        ana recovers from this bucket onto root@198.51.100.7 since 2026-11-30T02:00:00Z, because: the disk is gone
                        hint: speak with them; when that recovery is given up or its laptop is lost, add --take-over
                        see: runbooks/recover-vps.md#claimed""");
    }

    @Test
    void whenOneIsOverTheNextHasTheNextNumber() {
        Claim first = claims.claim(request("ana", Claiming.IF_FREE), "run-1");
        claims.over(first);
        claims.over(first);

        assertThat(claims.claim(request("ben", Claiming.IF_FREE), "run-2").number())
                .isEqualTo(2);
    }

    @Test
    void whoIsTakenOverFindsOut() {
        Claim first = claims.claim(request("ana", Claiming.IF_FREE), "run-1");
        claims.require(first);
        Claim second = claims.claim(request("ben", Claiming.TAKE_OVER), "run-2");
        assertThat(second.number()).isEqualTo(2);
        assertThat(claims.claim(request("ben", Claiming.TAKE_OVER), "run-2")).isEqualTo(second);

        claims.require(second);
        assertThatThrownBy(() -> claims.require(first))
                .hasMessageContaining("ben has taken this recovery over at 2026-11-30T02:00:00Z");
    }

    @Test
    void aClaimThatCannotBeReadIsSomebodyElses() throws IOException {
        Files.createDirectories(directory.resolve("recovery/claims"));
        Files.writeString(directory.resolve("recovery/claims/000007.json"), "{}");

        assertThatThrownBy(() -> claims.claim(request("ana", Claiming.IF_FREE), "run-1"))
                .hasMessageContaining("the claim recovery/claims/000007.json cannot be read");
        assertThat(claims.claim(request("ana", Claiming.TAKE_OVER), "run-1").number())
                .isEqualTo(8);
    }

    static RecoverVpsRequest rehearsal(String person) {
        RecoverVpsRequest any = request(person, Claiming.IF_FREE);
        return new RecoverVpsRequest(
                any.target(),
                any.bucket(),
                any.set(),
                any.glass(),
                any.budget(),
                any.claiming(),
                any.from(),
                any.to(),
                RecoverVpsRequest.Purpose.REHEARSAL);
    }

    static RecoverVpsRequest request(String person, Claiming claiming) {
        return new RecoverVpsRequest(
                new TargetMachine("198.51.100.7", 22, "root"),
                new RecoveryBucket("https://r2.example.com", "auto", "backups", "", Authority.PUBLIC),
                Optional.empty(),
                new BrokenGlass(person, "the disk is gone"),
                Duration.ofHours(1),
                claiming);
    }
}
