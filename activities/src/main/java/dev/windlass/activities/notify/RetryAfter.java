package dev.windlass.activities.notify;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header Retry-After: seconds or a date, https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 . */
final class RetryAfter {
    /** A longer wait would outlast the run that wants to tell something. */
    static final Duration MOST = Duration.ofMinutes(20);

    private RetryAfter() {}

    static Optional<Duration> read(String header, Clock clock) {
        String text = header.strip();
        return (text.matches("\\d{1,9}") ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : until(text, clock))
                .filter(Duration::isPositive)
                .map(wait -> wait.compareTo(MOST) > 0 ? MOST : wait);
    }

    private static Optional<Duration> until(String date, Clock clock) {
        try {
            ZonedDateTime at = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), at.toInstant()));
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
