package dev.windlass.starter.terminal;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What standard error is connected to.
 *
 * @param columns empty for a log
 */
public record Terminal(OptionalInt columns, boolean unicode) {
    public static final Terminal LOG = new Terminal(OptionalInt.empty(), false);

    /** Set by bin/windlass, for Java cannot ask about standard error alone. */
    private static final String COLUMNS = "windlass.columns";

    public static Terminal detect(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "dumb");
        int columns = Integer.getInteger(COLUMNS, 0);
        if (columns < 20 || term.isEmpty() || term.equals("dumb")) {
            return LOG;
        }
        return new Terminal(OptionalInt.of(columns), isUnicode(environment));
    }

    /** POSIX: the first of these that is set counts. */
    private static boolean isUnicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String upper = value.toUpperCase(Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8");
            }
        }
        return false;
    }

    public ProgressView progress(PrintWriter err) {
        if (columns.isEmpty()) {
            return new LogView(err);
        }
        return new LiveView(err, unicode ? PhaseText.Bars.BLOCKS : PhaseText.Bars.ASCII, columns.getAsInt() - 1);
    }
}
