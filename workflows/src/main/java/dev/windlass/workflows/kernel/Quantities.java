package dev.windlass.workflows.kernel;

import java.time.Duration;
import java.util.Locale;

/** Sizes and times as people read them. */
public final class Quantities {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Quantities() {}

    /** Decimal units with at most one digit behind the point: {@code 1.2 GB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 || value >= 99.5
                ? String.format(Locale.ROOT, "%.0f %s", value, UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** The two largest units: {@code 2 d 3 h}, {@code 4 min 10 s}, {@code 12 s}. */
    public static String time(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long days = seconds / 86_400;
        long hours = seconds % 86_400 / 3600;
        long minutes = seconds % 3600 / 60;
        if (days > 0) {
            return days + " d " + hours + " h";
        }
        if (hours > 0) {
            return hours + " h " + minutes + " min";
        }
        return minutes > 0 ? minutes + " min " + seconds % 60 + " s" : seconds + " s";
    }

    /** With thin groups of three digits: {@code 1,204,211}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String plural(long count, String singular) {
        return count(count) + " " + singular + (count == 1 ? "" : "s");
    }
}
