package dev.windlass.runbooks.config;

import java.util.BitSet;
import java.util.List;

/**
 * One field of a cron line: a list of {@code *}, {@code a}, {@code a-b}, each perhaps with {@code /step}.
 *
 * @param names for the values from {@code least} on; empty when the field has numbers only
 */
record CronField(String name, int least, int most, List<String> names) {
    BitSet read(String text) throws Misfit {
        BitSet values = new BitSet();
        for (String part : text.split(",", -1)) {
            addRange(values, part);
        }
        return values;
    }

    private void addRange(BitSet values, String part) throws Misfit {
        int slash = part.indexOf('/');
        String range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : step(part.substring(slash + 1));
        int from = least;
        int to = most;
        if (!range.equals("*")) {
            int dash = range.indexOf('-');
            from = value(dash < 0 ? range : range.substring(0, dash));
            to = dash >= 0 ? value(range.substring(dash + 1)) : slash >= 0 ? most : from;
        }
        if (from > to) {
            throw new Misfit(
                    name + " range " + range + " runs backwards", "write it as two ranges, separated by a comma");
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private int step(String text) throws Misfit {
        int step = whole(text);
        if (step < 1 || step > most - least) {
            throw new Misfit(
                    name + " step \"" + text + "\" is out of range", "write a step from 1 to " + (most - least));
        }
        return step;
    }

    private int value(String text) throws Misfit {
        int value = names.contains(text) ? least + names.indexOf(text) : whole(text);
        if (value < least || value > most) {
            throw new Misfit(
                    name + " \"" + text + "\" is out of range",
                    "write a number from " + least + " to " + most
                            + (names.isEmpty()
                                    ? ""
                                    : ", or a name from " + names.getFirst() + " to " + names.getLast()));
        }
        return value;
    }

    /** -1 when the text is not a whole number. */
    private static int whole(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }
}
