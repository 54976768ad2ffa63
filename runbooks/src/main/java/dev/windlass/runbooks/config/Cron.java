package dev.windlass.runbooks.config;

import java.time.Month;
import java.time.Year;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Five fields of cron, checked as Temporal's schedules read them. */
final class Cron {
    static final Form<String> CRON = new Form<>("five fields, such as \"0 3 * * *\"", "0 3 * * *", Cron::read);

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final CronField MINUTE = new CronField("minute", 0, 59, List.of());
    private static final CronField HOUR = new CronField("hour", 0, 23, List.of());
    private static final CronField DAY = new CronField("day of month", 1, 31, List.of());
    private static final CronField MONTH = new CronField("month", 1, 12, MONTHS);
    private static final CronField WEEKDAY = new CronField("day of week", 0, 7, WEEKDAYS);

    private Cron() {}

    private static String read(Scalar scalar) throws Misfit {
        String text = scalar.requireText().toLowerCase(Locale.ROOT);
        List<String> fields = List.of(text.split("\\s+"));
        if (fields.size() != 5) {
            throw new Misfit(
                    "\"" + text + "\" has " + fields.size() + (fields.size() == 1 ? " field" : " fields") + ", not 5",
                    "write minute, hour, day of month, month and day of week, such as 0 3 * * *");
        }
        MINUTE.read(fields.get(0));
        HOUR.read(fields.get(1));
        BitSet days = DAY.read(fields.get(2));
        BitSet months = MONTH.read(fields.get(3));
        BitSet weekdays = WEEKDAY.read(fields.get(4));
        requireOneMeaning(days, weekdays);
        requireSomeDate(days, months);
        return String.join(" ", fields);
    }

    /** crontab(5) runs when either matches, Temporal when both do: a line that means two things is refused. */
    private static void requireOneMeaning(BitSet days, BitSet weekdays) throws Misfit {
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        if (days.cardinality() < 31 && weekdays.get(0, 7).cardinality() < 7) {
            throw new Misfit(
                    "both the day of month and the day of week are restricted",
                    "leave one of them *: programs differ on what both together mean");
        }
    }

    private static void requireSomeDate(BitSet days, BitSet months) throws Misfit {
        int leapYear = 2024;
        int longest = months.stream()
                .map(month -> Month.of(month).length(Year.isLeap(leapYear)))
                .max()
                .orElse(0);
        if (days.nextSetBit(0) > longest) {
            throw new Misfit(
                    "day " + days.nextSetBit(0) + " never comes in the months given", "write a day up to " + longest);
        }
    }
}
