package dev.windlass.runbooks.deploy;

import dev.windlass.workflows.kernel.Quantities;
import java.time.Duration;
import java.util.Locale;

/** Quantities as titles of steps have them. */
final class PlanWords {
    private PlanWords() {}

    static String time(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 && !time.isZero()
                ? time.toMillis() + " ms"
                : Quantities.time(time);
    }

    static String percent(double share) {
        String digits = String.format(Locale.ROOT, "%.3f", share * 100);
        return digits.replaceAll("\\.?0+$", "") + " %";
    }
}
