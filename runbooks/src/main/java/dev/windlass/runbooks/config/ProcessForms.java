package dev.windlass.runbooks.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of values below {@code apps:}. */
final class ProcessForms {
    private static final Pattern TIME =
            Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?(?:(\\d{1,7})ms)?");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?) ?%");
    private static final Pattern UPSTREAM = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    /** A directory or file whose name ends up in unit files and configurations of other programs. */
    static final Form<String> PLAIN_PATH = Forms.PATH.and(path -> {
        if (!path.matches("[A-Za-z0-9_.+/-]{1,200}")) {
            throw new Misfit(
                    "\"" + path + "\" cannot be used here", "write at most 200 letters, digits and _ . + - in all");
        }
    });

    static final Form<String> WORD = Forms.text("a word of the command", 1000);

    static final Form<String> VARIABLE_VALUE = Forms.text("the value of a variable", 2000);

    static final Form<String> VARIABLE_NAME = new Form<>("the name of a variable", "MISSING", scalar -> {
        String name = scalar.requireText();
        if (!VARIABLE.matcher(name).matches()) {
            throw new Misfit("\"" + name + "\" is not the name of a variable", "write letters, digits and '_'");
        }
        if (name.equals("PORT") || name.equals("APP_VERSION")) {
            throw new Misfit(name + " is set by Windlass", "remove it");
        }
        return name;
    });

    static final Form<String> SYSTEM_USER = new Form<>("a user of this machine", "missing", scalar -> {
        String user = scalar.requireText();
        if (!USER.matcher(user).matches()) {
            throw new Misfit(
                    "\"" + user + "\" cannot be the name of a user",
                    "write lower-case letters, digits, '_' and '-', as useradd takes them");
        }
        return user;
    });

    static final Form<String> UPSTREAM_NAME = new Form<>("the name of an upstream", "missing", scalar -> {
        String name = scalar.requireText();
        if (!UPSTREAM.matcher(name).matches()) {
            throw new Misfit(
                    "\"" + name + "\" cannot be the name of an upstream",
                    "write letters, digits, '_' and '-', as in proxy_pass http://NAME");
        }
        return name;
    });

    /** What stands behind the host in a URL. */
    static final Form<String> URL_PATH = new Form<>("the path of a URL, such as /api/health", "/missing", scalar -> {
        String path = scalar.requireText();
        if (!path.matches("/[A-Za-z0-9_.~!$&'()*+,;=:@%/?-]{0,200}")) {
            throw new Misfit("\"" + path + "\" is not the path of a URL", "start it with /, as in /api/health");
        }
        return path;
    });

    /** A share, written as in {@code 1%}. */
    static final Form<Double> SHARE = new Form<>(
            "a percentage such as 1%",
            0.0, scalar -> {
                Matcher percent = PERCENT.matcher(scalar.text());
                if (!percent.matches()) {
                    throw new Misfit("\"" + scalar.text() + "\" is not a percentage", "write it as in 1% or 0.5%");
                }
                double value = Double.parseDouble(percent.group(1));
                if (value > 100) {
                    throw new Misfit(scalar.text() + " is out of range", "write a percentage from 0% to 100%");
                }
                return value / 100;
            });

    private ProcessForms() {}

    /** Hours, minutes, seconds and milliseconds, as in {@code 500ms} or {@code 1m30s}. */
    static Form<Duration> time(Duration least, Duration most) {
        String range = "from " + words(least) + " to " + words(most);
        return new Form<>("a time " + range + ", such as 500ms, 30s or 2m", least, scalar -> {
            Matcher parts = TIME.matcher(scalar.text());
            if (scalar.text().isEmpty() || !parts.matches()) {
                throw new Misfit(
                        "\"" + scalar.text() + "\" is not a time",
                        "write hours, minutes, seconds and milliseconds, such as 500ms, 30s or 1m30s");
            }
            Duration time = Duration.ofHours(whole(parts.group(1)))
                    .plusMinutes(whole(parts.group(2)))
                    .plusSeconds(whole(parts.group(3)))
                    .plusMillis(whole(parts.group(4)));
            if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
                throw new Misfit(scalar.text() + " is out of range", "write a time " + range);
            }
            return time;
        });
    }

    private static long whole(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** As it is written in the file. */
    private static String words(Duration time) {
        String iso = time.toString().substring(2).toLowerCase(Locale.ROOT);
        return !time.isZero() && time.compareTo(Duration.ofSeconds(1)) < 0 ? time.toMillis() + "ms" : iso;
    }
}
