package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.stagingsync.ColumnRule.Fate;
import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What most likely should become of a column, by its name, its type and what some of its values look like. Where nothing speaks for
 * keeping text, it is masked.
 *
 * @param why for the person who looks at it; holds no value
 */
record ColumnGuess(Fate fate, String why) {
    private static final long FEW = 12;
    private static final long ENOUGH = 100;
    private static final long MOST = 60;

    private record Word(Pattern name, Mask mask) {
        static Word of(String names, Mask mask) {
            return new Word(Pattern.compile("(^|_)(" + names + ")(_|$|\\d)"), mask);
        }
    }

    /** The first that fits the name and the type. */
    private static final List<Word> WORDS = List.of(
            Word.of("e_?mail|mail|email_address", new Mask.Email()),
            Word.of("password|passwd|pwd|hash|digest|token|secret|salt|api_?key|otp|totp|signature", new Mask.Hash()),
            Word.of("phone|mobile|cell|telephone|tel|fax|whatsapp|msisdn", new Mask.Phone(Optional.empty())),
            Word.of("iban|bank_account", new Mask.Iban()),
            Word.of("card|card_number|pan|credit_card", new Mask.Card(Optional.empty())),
            Word.of("ip|ip_address|remote_addr", new Mask.Ip()),
            Word.of("url|uri|website|homepage|link|avatar|picture|photo", new Mask.Url()),
            Word.of("first_?name|given_?name|fore_?name", new Mask.Name(Mask.Name.Part.FIRST)),
            Word.of("last_?name|sur_?name|family_?name", new Mask.Name(Mask.Name.Part.LAST)),
            Word.of(
                    "name|full_?name|display_?name|nick_?name|user_?name|login|author|contact",
                    new Mask.Name(Mask.Name.Part.FULL)),
            Word.of("street|address|addr|address_line|house", new Mask.Address()),
            Word.of("birth|birthday|birth_?date|date_of_birth|dob|born", new Mask.DateTo(Mask.DateTo.Precision.YEAR)),
            Word.of("salary|income|wage|revenue|balance", new Mask.Noise(10)),
            Word.of(
                    "about|bio|note|notes|comment|description|message|body|content|text|reason|answer",
                    new Mask.Text()));

    static ColumnGuess of(SchemaTable table, SchemaColumn column, ColumnSample sample) {
        if (column.is(Trait.PARTITION_KEY)) {
            return keep("decides in which partition a row lies");
        }
        if (column.is(Trait.ENUM)) {
            return keep("one of the words of its type");
        }
        ColumnGuess guess = byForm(column, sample).or(() -> byName(column)).orElseGet(() -> byType(column, sample));
        return fitted(table, column, guess);
    }

    private static Optional<ColumnGuess> byForm(SchemaColumn column, ColumnSample sample) {
        for (Likeness likeness : Likeness.values()) {
            boolean holds = likeness == Likeness.HOLDS_EMAIL && sample.rate(likeness) > 0;
            if (holds || sample.rate(likeness) >= MOST) {
                Mask mask = switch (likeness) {
                    case EMAIL -> new Mask.Email();
                    case PHONE -> new Mask.Phone(Optional.empty());
                    case IBAN -> new Mask.Iban();
                    case CARD -> new Mask.Card(Optional.empty());
                    case IP -> new Mask.Ip();
                    case URL -> new Mask.Url();
                    case UUID -> new Mask.Uuid();
                    case HOLDS_EMAIL -> new Mask.Text();
                };
                if (Fitting.wanted(mask, column).isEmpty()) {
                    return Optional.of(mask(mask, sample.rate(likeness) + " % look like " + likeness.words()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<ColumnGuess> byName(SchemaColumn column) {
        String name = column.name().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        return WORDS.stream()
                .filter(word -> word.name().matcher(name).find())
                .filter(word -> Fitting.wanted(word.mask(), column).isEmpty())
                .findFirst()
                .map(word -> mask(word.mask(), "by its name"));
    }

    private static ColumnGuess byType(SchemaColumn column, ColumnSample sample) {
        return switch (column.kind()) {
            case TEXT ->
                sample.values() >= ENOUGH && sample.distinct() <= FEW
                        ? keep(sample.distinct() + " different values in " + sample.values())
                        : mask(
                                column.is(Trait.ARRAY) ? new Mask.Hash() : new Mask.Text(),
                                "text that may say anything");
            case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT -> keep("a number");
            case DATE, TIMESTAMP -> keep("a point in time");
            case JSON -> mask(new Mask.Json(List.of()), "name the keys that may pass");
            case UUID -> mask(new Mask.Uuid(), "an identifier that may stand in links");
            case INET -> mask(new Mask.Ip(), "by its type");
            case BYTES ->
                mask(column.is(Trait.NOT_NULL) ? new Mask.Hash() : new Mask.Remove(), "bytes that may be anything");
            case OTHER ->
                column.type().equals("boolean") || column.is(Trait.NOT_NULL)
                        ? keep("of the type " + column.type().replaceAll("[^A-Za-z0-9_ .\\[\\]()]", ""))
                        : mask(new Mask.Remove(), "of a type that masks do not know");
        };
    }

    /** Where values have to stay different, a mask that keeps them so. */
    private static ColumnGuess fitted(SchemaTable table, SchemaColumn column, ColumnGuess guess) {
        boolean isOfAKey = table.uniqueKeys().stream().anyMatch(key -> key.contains(column.name()));
        if (!isOfAKey || !(guess.fate() instanceof Fate.Masked(Mask mask)) || Fitting.keepsApart(mask, column)) {
            return guess;
        }
        Optional<String> number = table.columns().stream()
                .filter(other -> other.kind().isWholeNumber()
                        && other.is(Trait.NOT_NULL)
                        && !other.is(Trait.ARRAY)
                        && table.tellsRowsApart(other.name()))
                .map(SchemaColumn::name)
                .findFirst();
        Mask other = switch (mask) {
            case Mask.Phone phone when number.isPresent() -> new Mask.Phone(number);
            case Mask.Card card when number.isPresent() -> new Mask.Card(number);
            default -> new Mask.Hash();
        };
        return Fitting.wanted(other, column).isEmpty() && Fitting.keepsApart(other, column)
                ? mask(other, guess.why() + ", and unique")
                : keep("unique, and no mask keeps its values apart");
    }

    private static ColumnGuess keep(String why) {
        return new ColumnGuess(new Fate.Keep(why), why);
    }

    private static ColumnGuess mask(Mask mask, String why) {
        return new ColumnGuess(new Fate.Masked(mask), why);
    }
}
