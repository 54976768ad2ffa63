package dev.windlass.starter.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Sizes, counts and times as people read them. */
public final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Amounts() {}

    /** Decimal units, three digits: {@code 1.25 GB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return number(value, unit == 0) + " " + UNITS[unit];
    }

    private static String number(double value, boolean whole) {
        if (whole || Math.abs(value) >= 99.95) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 9.995 ? "%.1f" : "%.2f", value);
    }

    /** {@code 1,234,567}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 12 tables}, {@code 1 table}. */
    public static String count(long count, String singular) {
        return count(count) + " " + (count == 1 ? singular : singular + "s");
    }

    public static String of(long amount, String unit) {
        return unit.equals("bytes") ? bytes(amount) : count(amount) + " " + unit;
    }

    /** Two units at most: {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 05 min}, {@code 3 d 4 h}. */
    public static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10 && time.toMillis() % 1000 != 0) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
        }
        return String.format(Locale.ROOT, "%d d %d h", seconds / 86_400, seconds % 86_400 / 3600);
    }

    /** One unit: {@code 3 h}. */
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    public static String ago(Instant then, Instant now) {
        return age(Duration.between(then, now)) + " ago";
    }
}
