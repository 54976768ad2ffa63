package dev.windlass.activities.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.stagingsync.Tripwire.Hit;
import dev.windlass.activities.stagingsync.Tripwire.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TripwireTest {
    @ParameterizedTest
    @CsvSource({
        "ask ops@staging.example.com.,",
        "{\"from\": \"ops@staging.example.com\"},",
        "dev.ops@staging.example.com,EMAIL",
        "ops@staging.example.com.evil.example,EMAIL",
        "Ops@staging.example.com,EMAIL",
        "at 10.9.8.7 it is,",
        "at 10.9.8.70 it is,IP",
        "x = 'ops@staging.example.com' WHERE,",
        "o'ops@staging.example.com,EMAIL",
        "ops@staging.example.com and jean@orange.fr,EMAIL",
        "canary-4f9a27c1,CANARY"
    })
    void anOwnValuePassesWholeAndNothingElseDoes(String text, @Nullable String kind) {
        Tripwire letting = new Tripwire(
                List.of(),
                Optional.of("canary-4f9a27c1"),
                List.of("ops@staging.example.com", "10.9.8.7", "canary-4f9a27c1"));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Tripwire.Hit hit = letting.look(bytes, bytes.length);
        assertThat(hit == null ? null : hit.kind().name()).isEqualTo(kind);
    }

    private final Tripwire tripwire = new Tripwire(List.of("Ana@example.com"), Optional.of("Canary-7f3a9c"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL | jean.dupont@orange.fr",
                "EMAIL | write to JEAN@ORANGE.FR.",
                "EMAIL | {\"mail\": \"jean@example.test.evil.org\"}",
                "EMAIL | u0123@example.org",
                "EMAIL | jörg@müller.de",
                "EMAIL | xana@example.com",
                "PHONE | +41446681800",
                "PHONE | call +41 44 668 18 00 now",
                "PHONE | +1 (555) 010-9999",
                "IBAN | DE89370400440532013000",
                "IBAN | to CH93 0076 2011 6238 5295 7 please",
                "CARD | 4111111111111111",
                "CARD | 5555 5555 5555 4444",
                "CARD | 4111-1111-1111-1111",
                "CARD | 378282246310005",
                "IP | 10.0.0.7",
                "IP | from 198.51.100.200, twice",
                "IP | http://203.0.113.9/",
                "IP | {\"at\": \"http:\\\\/\\\\/203.0.113.9\"}",
                "PHONE | Tel.\u00a0+41 44 668 18 00",
                "CARD | n°4111111111111111\u00a0",
                "IBAN | «DE89370400440532013000»",
                "IP | „10.0.0.7“",
                "CANARY | xxcanary-7F3A9Cxx"
            })
    void whatNoMaskMakesIsFound(Kind kind, String text) {
        assertThat(look(text)).isNotNull().extracting(Hit::kind).isEqualTo(kind);
        assertThat(look("1\tkeep\t" + text + "\tlast")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u0123456789abcdef0123@example.test",
                "ana@EXAMPLE.com",
                "+999000000000017",
                "FR7600000123456789012345678",
                "9999123456789017",
                "192.0.2.17",
                "2001:db8:1234:5678:9abc:def0:1234:5678",
                "https://example.test/0123456789abcdef0123",
                "2026-05-05 10:11:12+00",
                "4111111111111112",
                "1764460800000000",
                "714111111111111111102",
                "550e8400-e29b-41d4-a716-446655440000",
                "1.5\t-2.25\t99\t1234567890123456.5",
                "Chrome/120.0.0.0 Safari",
                "lib-1.2.3.4",
                "a @ b, @home, x@y",
                "C++11 and 1+12345678",
                "Lorem ipsum dolor sit amet, consectetur adipiscing elit",
                "NL12"
            })
    void whatMasksMakeAndWhatIsNobodyPasses(String text) {
        assertThat(look(text)).isNull();
        assertThat(look("1\t" + text + "\tx")).isNull();
    }

    /** As COPY writes them, and once more for each JSON that they stand in. */
    @ParameterizedTest
    @CsvSource({
        "PHONE,+41 79 555 00 01",
        "CARD,4111111111111111",
        "CARD,378282246310005",
        "IP,203.0.113.9",
        "IBAN,DE89370400440532013000",
        "EMAIL,jean@orange.fr",
        "EMAIL,n@orange.fr",
        "CANARY,Canary-7f3a9c"
    })
    void aLineBreakInAValueHidesNothing(Kind kind, String real) {
        for (String slashes : List.of("\\", "\\\\", "\\\\\\\\")) {
            for (char letter : "bfnrtv".toCharArray()) {
                assertThat(look("1\tBest," + slashes + letter + real + slashes + letter + "Ana"))
                        .as(slashes + letter)
                        .isNotNull()
                        .extracting(Hit::kind)
                        .isEqualTo(kind);
            }
        }
    }

    @Test
    void theTeamAndOwnValuesPassAtTheStartOfALine() {
        Tripwire letting = new Tripwire(
                List.of("ana@example.com"), Optional.empty(), List.of("ops@staging.example.com", "10.9.8.7"));
        for (String own : List.of("ana@example.com", "ops@staging.example.com", "10.9.8.7", "u01@example.test")) {
            for (String slashes : List.of("\\", "\\\\", "\\\\\\\\")) {
                byte[] bytes = ("Best," + slashes + "n" + own + slashes + "r" + slashes + "nX")
                        .getBytes(StandardCharsets.UTF_8);
                assertThat(letting.look(bytes, bytes.length)).as(slashes + own).isNull();
            }
        }
    }

    /** A backslash alone is no line break, and the letter may be the name's. */
    @Test
    void aLetterBehindABackslashIsNoWayRoundTheCanary() {
        Tripwire looking = new Tripwire(List.of(), Optional.of("nobody-7f3a9c"));
        byte[] bytes = "C:\\\\nobody-7f3a9c".getBytes(StandardCharsets.UTF_8);
        assertThat(looking.look(bytes, bytes.length)).isNotNull();
    }

    @Test
    void theOffsetLeadsToTheColumn() {
        Hit hit = java.util.Objects.requireNonNull(look("17\tLorem ipsum\tjean@orange.fr\t3"));
        assertThat("17\tLorem ipsum\tjean@orange.fr\t3"
                        .substring(0, hit.offset())
                        .chars()
                        .filter(c -> c == '\t')
                        .count())
                .isEqualTo(2);
    }

    private @org.jspecify.annotations.Nullable Hit look(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return tripwire.look(bytes, bytes.length);
    }
}
