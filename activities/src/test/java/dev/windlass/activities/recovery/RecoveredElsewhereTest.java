package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.StoresForTests;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.Claim;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lost machine comes back, and another one lives in its place. */
class RecoveredElsewhereTest {
    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-11-30T02:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TempDir
    private Path directory;

    private final Hands clock = new Hands();
    private final StepContext context =
            new StepContext(new StepToken("backup", "run", StepId.of("commit")), progress -> {}, EffectJournal.none());
    private Path state = Path.of(".");
    private ObjectStore bucket = StoresForTests.directory(Path.of("."));
    private VpsClaims claims = new VpsClaims(bucket, context, clock);
    private RecoveredElsewhere guard = new RecoveredElsewhere("", clock);

    @BeforeEach
    void open() throws IOException {
        state = Files.createDirectory(directory.resolve("state"));
        bucket = StoresForTests.directory(Files.createDirectory(directory.resolve("bucket")));
        claims = new VpsClaims(bucket, context, clock);
        guard = new RecoveredElsewhere(state.toString(), clock);
    }

    private Claim recover(Claim.Ending how) {
        Claim claim = claims.claim(VpsClaimsTest.request("ana", Claiming.IF_FREE), "run-" + clock.now);
        claims.over(claim.ended(how));
        return claim;
    }

    private void mayWrite() {
        assertThatCode(() -> guard.requireMayWrite(bucket, context)).doesNotThrowAnyException();
    }

    private void clockIsTurnedOn() {
        clock.now = clock.now.plus(Duration.ofMinutes(1));
    }

    @Test
    void aMachineThatNobodyRecoveredWrites() {
        mayWrite();
    }

    @Test
    void whileItIsRecoveredAndWhenThatWasGivenUpItWrites() {
        Claim claim = claims.claim(VpsClaimsTest.request("ana", Claiming.IF_FREE), "run-1");
        mayWrite();
        clockIsTurnedOn();
        claims.over(claim.ended(Claim.Ending.GIVEN_UP));
        mayWrite();
    }

    @Test
    void aRehearsalTakesNothingFromTheMachineThatLives() {
        recover(Claim.Ending.REHEARSED);
        clockIsTurnedOn();
        mayWrite();

        recover(Claim.Ending.RECOVERED);
        clockIsTurnedOn();
        recover(Claim.Ending.REHEARSED);
        assertThatThrownBy(() -> guard.requireMayWrite(bucket, context)).hasMessageContaining("echo 000002 |");
    }

    @Test
    void whenAnotherOneLivesInItsPlaceItIsRefusedWithTheWordsThatLiftIt() {
        mayWrite();
        recover(Claim.Ending.RECOVERED);
        clockIsTurnedOn();

        assertThatThrownBy(() -> guard.requireMayWrite(bucket, context)).hasMessageContaining("""
                        ana has recovered what this bucket holds onto root@198.51.100.7 at 2026-11-30T02:00:00Z, so this machine writes nothing into it
                        hint: if that one is in the place of this one, switch this one off; if that was a rehearsal, or that one is gone, type here: echo 000001 | sudo tee %s/recovered
                        see: runbooks/recover-vps.md#the-lost-machine-is-back""".formatted(state));
    }

    @Test
    void aClockThatWasSetBackKeepsNobodyFromLooking() {
        clockIsTurnedOn();
        mayWrite();
        clock.now = clock.now.minus(Duration.ofHours(1));
        recover(Claim.Ending.RECOVERED);

        assertThatThrownBy(() -> guard.requireMayWrite(bucket, context)).hasMessageContaining("echo 000001 |");
    }

    @Test
    void theMachineThatWasRecoveredWritesUntilItIsRecoveredAsWell() throws IOException {
        recover(Claim.Ending.RECOVERED);
        Files.writeString(state.resolve("recovered"), "000001\n");
        mayWrite();

        clockIsTurnedOn();
        recover(Claim.Ending.RECOVERED);
        assertThatThrownBy(() -> guard.requireMayWrite(bucket, context)).hasMessageContaining("echo 000002 |");
        Files.writeString(state.resolve("recovered"), "000002\n");
        mayWrite();
    }

    /** Somebody tries once more after the machine is there, and gives that up: the machine is there all the same. */
    @Test
    void aRecoveryThatIsGivenUpLaterDoesNotMakeItTheOneAgain() {
        recover(Claim.Ending.RECOVERED);
        clockIsTurnedOn();
        recover(Claim.Ending.GIVEN_UP);

        assertThatThrownBy(() -> guard.requireMayWrite(bucket, context)).hasMessageContaining("echo 000001 |");
    }

    @Test
    void aFileThatNoRecoveryWroteLiftsNothing() throws IOException {
        recover(Claim.Ending.RECOVERED);
        Files.writeString(state.resolve("recovered"), "yes\n");

        assertThatThrownBy(() -> guard.requireMayWrite(bucket, context))
                .hasMessageContaining("ana has recovered what this bucket holds");
    }
}
