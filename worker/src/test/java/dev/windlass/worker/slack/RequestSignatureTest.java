package dev.windlass.worker.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSignatureTest {
    /** The example of https://docs.slack.dev/authentication/verifying-requests-from-slack . */
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    private static final String TIMESTAMP = "1531420618";
    private static final byte[] BODY = ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                    + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
                    + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F"
                    + "T1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                    + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
            .getBytes(UTF_8);
    private static final String SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private final SettableClock clock = new SettableClock(Instant.ofEpochSecond(1_531_420_618));
    private final RequestSignature signatures = new RequestSignature(clock);

    @Test
    void takesSlacksOwnExample() {
        assertThat(signatures.refuse(SECRET, TIMESTAMP, SIGNATURE, BODY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-300,true", "300,true", "-301,false", "301,false", "-86400,false", "86400,false"})
    void takesFiveMinutesInBothDirections(long seconds, boolean isTaken) {
        clock.now = clock.now.plusSeconds(seconds);
        assertThat(signatures.refuse(SECRET, TIMESTAMP, SIGNATURE, BODY).map(RequestSignature.Verdict::refusal))
                .isEqualTo(isTaken ? Optional.empty() : Optional.of(Refusal.STALE));
    }

    @Test
    void takesNoSignatureTwiceForAsLongAsItIsValid() {
        clock.now = clock.now.minus(RequestSignature.WINDOW);
        assertThat(signatures.refuse(SECRET, TIMESTAMP, SIGNATURE, BODY)).isEmpty();
        clock.now = clock.now.plus(RequestSignature.WINDOW.multipliedBy(2));
        assertThat(signatures.refuse(SECRET, TIMESTAMP, SIGNATURE, BODY).map(RequestSignature.Verdict::refusal))
                .contains(Refusal.REPLAYED);
    }

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "1531420618,''",
        "1531420618,v0=00",
        "1531420618,v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "1531420618,v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503",
        "1531420619,v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "+1531420618,v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "9999999999999999999,v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    })
    void refusesWhatIsNotSignedSo(String timestamp, String signature) {
        assertThat(signatures.refuse(SECRET, timestamp, signature, BODY).map(RequestSignature.Verdict::refusal))
                .contains(Refusal.BAD_EVIDENCE);
    }

    @Test
    void aChangedBodyAndAnotherSecretAreRefused() {
        assertThat(signatures.refuse(SECRET, TIMESTAMP, SIGNATURE, "x".getBytes(UTF_8)))
                .isPresent();
        assertThat(signatures.refuse(SECRET + "0", TIMESTAMP, SIGNATURE, BODY)).isPresent();
        assertThat(signatures.refuse(SECRET, TIMESTAMP, SIGNATURE, BODY)).isEmpty();
    }

    static final class SettableClock extends Clock {
        Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @Test
    void aMinuteOfStrangersFillsNoLog() {
        java.util.List<dev.windlass.workflows.audit.AuditEvent> log = new java.util.ArrayList<>();
        DoorAudit audit = new DoorAudit(log::add, clock);
        for (int i = 0; i < DoorAudit.A_MINUTE + 40; i++) {
            audit.unsigned("slack http", Refusal.BAD_EVIDENCE, "another signature");
        }
        assertThat(log).hasSize(DoorAudit.A_MINUTE);

        clock.now = clock.now.plus(Duration.ofSeconds(61));
        audit.unsigned("slack http", Refusal.STALE, "late");

        assertThat(log).hasSize(DoorAudit.A_MINUTE + 1);
        assertThat(log.getLast().details()).containsEntry("refused before, not listed", "40");
    }
}
