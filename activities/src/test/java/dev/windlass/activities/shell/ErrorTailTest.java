package dev.windlass.activities.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorTailTest {
    private static final String SECRET = "s3cr3t-".repeat(20);

    @Test
    void blotsASecretThatArrivesInPieces() {
        ErrorTail tail = new ErrorTail(List.of(SECRET));
        write(tail, "password " + SECRET.substring(0, 50));
        write(tail, SECRET.substring(50) + " is wrong\n");

        assertThat(tail.lines()).containsExactly("password *** is wrong");
    }

    @Test
    void blotsALongerSecretThatContainsAShorterOne() {
        ErrorTail tail = new ErrorTail(List.of("abc", "xabcx"));
        write(tail, "xabcx abc\nkey:\nabc");

        assertThat(tail.lines()).containsExactly("*** ***", "key:", "***");
    }

    @Test
    void neverShowsTheRestOfASecretThatWasCut() {
        for (int cut = 0; cut <= SECRET.length() + 1; cut++) {
            ErrorTail tail = new ErrorTail(List.of(SECRET));
            // So long a line that the kept end begins somewhere inside of the secret.
            write(tail, "x".repeat(100) + SECRET + "y".repeat(4 * ErrorTail.CHARACTERS - cut) + SECRET);

            assertThat(String.join("", tail.lines())).doesNotContain("s3cr3t", "3cr3", "r3t-");
        }
    }

    @Test
    void keepsNoMoreThanTheLimits() {
        ErrorTail tail = new ErrorTail(List.of());
        write(tail, "ü".repeat(100_000) + "\n");

        assertThat(tail.lines()).hasSize(1);
        assertThat(tail.lines().getFirst()).hasSizeLessThanOrEqualTo(ErrorTail.CHARACTERS);
    }

    @Test
    void isEmptyWhenNothingWasPrinted() {
        assertThat(new ErrorTail(List.of()).lines()).isEmpty();
    }

    private static void write(ErrorTail tail, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        tail.write(bytes, 0, bytes.length);
    }
}
