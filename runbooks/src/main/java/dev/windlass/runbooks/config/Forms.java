package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The forms of plain values. */
public final class Forms {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,9}");
    private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?");
    private static final Pattern MEBIBYTES = Pattern.compile("(\\d{1,6}) ?MiB");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    static final Form<ZoneId> ZONE = new Form<>("a time zone such as Europe/Berlin", ZoneId.of("UTC"), Forms::zone);

    /** Of PostgreSQL: libpq takes a name with {@code =} or {@code ://} in it for a whole connection string, which may
     * carry a password and is not repeated. */
    static final Form<String> DATABASE_ON_SERVER = text("the database's name on the server", 63)
            .and(name -> {
                if (name.contains("=") || name.contains("://") || name.startsWith("-")) {
                    throw new Misfit(
                            "cannot be told from a connection string or an option",
                            "write the name alone; host, port and user have keys of their own");
                }
            });

    static final Form<DatabaseName> DATABASE = named("the name of a database", DatabaseName::new);
    static final Form<StoreName> STORE = named("the name of a store", StoreName::new);
    static final Form<PersonName> PERSON = named("the name of a person", PersonName::new);
    static final Form<EnvironmentName> ENVIRONMENT = named("the name of an environment", EnvironmentName::new);
    static final Form<String> PATH = new Form<>("an absolute path", "/missing", Forms::absolutePath);

    private Forms() {}

    public static Form<String> text(String wanted, int atMost) {
        return new Form<>(wanted, "missing", scalar -> {
            String text = scalar.requireText();
            if (text.length() > atMost) {
                throw new Misfit("has " + text.length() + " characters", "write at most " + atMost);
            }
            if (CONTROL.matcher(text).find()) {
                throw new Misfit("has a control character in it", "write it on one line, without tabs");
            }
            return text;
        });
    }

    public static Form<Integer> number(int least, int most) {
        String wanted = least == most ? String.valueOf(least) : "a whole number from " + least + " to " + most;
        return new Form<>(wanted, least, scalar -> {
            if (!NUMBER.matcher(scalar.text()).matches()) {
                throw new Misfit("\"" + scalar.text() + "\" is not a whole number", "write " + wanted);
            }
            if (scalar.kind() == Scalar.Kind.TEXT) {
                throw new Misfit("\"" + scalar.text() + "\" is text, but a number is wanted", "remove the quotes");
            }
            int number = Integer.parseInt(scalar.text());
            if (number < least || number > most) {
                throw new Misfit(number + " is out of range", "write " + wanted);
            }
            return number;
        });
    }

    /** Days, hours and minutes, as in {@code 6h} or {@code 1h30m}. */
    static Form<Duration> duration(Duration least, Duration most) {
        String range = "from " + words(least) + " to " + words(most);
        return new Form<>("a duration " + range + ", such as 6h or 1h30m", least, scalar -> {
            Matcher parts = DURATION.matcher(scalar.text());
            if (scalar.text().isEmpty() || !parts.matches()) {
                throw new Misfit(
                        "\"" + scalar.text() + "\" is not a duration",
                        "write days, hours and minutes, such as 2d, 6h or 1h30m");
            }
            Duration duration = Duration.ofDays(whole(parts.group(1)))
                    .plusHours(whole(parts.group(2)))
                    .plusMinutes(whole(parts.group(3)));
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new Misfit(scalar.text() + " is out of range", "write a duration " + range);
            }
            return duration;
        });
    }

    static Form<Integer> mebibytes(int least, int most) {
        return new Form<>("a size such as 16MiB", least, scalar -> {
            Matcher size = MEBIBYTES.matcher(scalar.text());
            if (!size.matches()) {
                throw new Misfit("\"" + scalar.text() + "\" is not a size in MiB", "write a size such as 16MiB");
            }
            int mebibytes = Integer.parseInt(size.group(1));
            if (mebibytes < least || mebibytes > most) {
                throw new Misfit(
                        scalar.text() + " is out of range", "write a size from " + least + "MiB to " + most + "MiB");
            }
            return mebibytes;
        });
    }

    /** The constants of an enum, in lower case with dashes. */
    public static <E extends Enum<E>> Form<E> choice(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        List<String> words = constants.stream().map(Forms::word).toList();
        return new Form<>("one of " + String.join(", ", words), constants.getFirst(), scalar -> {
            int index = words.indexOf(scalar.text());
            if (index < 0) {
                throw new Misfit(
                        "\"" + scalar.text() + "\" is none of " + words.stream().collect(Collectors.joining(", ")),
                        Suggestion.closest(scalar.text(), words)
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("write one of them"));
            }
            return constants.get(index);
        });
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <N> Form<N> named(String wanted, Function<String, N> name) {
        return new Form<>(wanted, name.apply("missing"), scalar -> {
            String text = scalar.requireText();
            try {
                return name.apply(text);
            } catch (IllegalArgumentException refused) {
                throw new Misfit(
                        "\"" + text + "\" cannot be a name here",
                        "write 1-63 letters, digits, '_', '-' or '.', starting with a letter or digit");
            }
        });
    }

    private static ZoneId zone(Scalar scalar) throws Misfit {
        String name = scalar.requireText();
        // Offsets such as +02:00 are left out: Temporal's schedules take names only.
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new Misfit(
                    "\"" + name + "\" is not a time zone",
                    Suggestion.closest(name, ZoneId.getAvailableZoneIds())
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("write a name such as UTC or Europe/Berlin"));
        }
        return ZoneId.of(name);
    }

    private static String absolutePath(Scalar scalar) throws Misfit {
        String path = scalar.requireText();
        if (!path.startsWith("/")) {
            throw new Misfit("\"" + path + "\" is not an absolute path", "start it with /");
        }
        if (path.equals("/") || !path.matches("(/[^/{}\\p{Cntrl}]+)+/?") || path.matches(".*/\\.\\.?(/.*)?")) {
            throw new Misfit(
                    "\"" + path + "\" is not a path that can be used here",
                    "write it in full: below /, without //, ., .. and braces");
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static long whole(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String words(Duration duration) {
        return duration.toHours() >= 24
                ? duration.toDays() + "d"
                : duration.toHours() > 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
    }
}
