package dev.windlass.runbooks.stagingsync;

import java.util.List;
import java.util.Optional;

/** SQL that says of a text whether a mask could have written it. */
final class MaskForm {
    private MaskForm() {}

    /**
     * @param value an expression, not NULL, without white space at its end
     * @return empty for masks whose values have no form of their own, or let parts of the original pass
     */
    static Optional<String> isOf(Mask mask, String value) {
        return switch (mask) {
            case Mask.Email() -> matches(value, "^u[0-9a-f]{20}@example\\.test$");
            case Mask.Phone phone -> matches(value, "^\\+999[0-9]{12}$");
            case Mask.Name(Mask.Name.Part part) -> name(part, value);
            case Mask.Address() ->
                matches(value, "^[0-9]+ (" + String.join("|", OwnNames.STREETS) + "), 00[0-9]{3} Testville$");
            case Mask.Iban() -> matches(value, "^FR[0-9]{2}00000[0-9]{18}$");
            case Mask.Card card -> matches(value, "^9999[0-9]{12}$");
            case Mask.Ip() -> matches(value, "^(192\\.0\\.2\\.[0-9]{1,3}|2001:db8:[0-9a-f:]+)$");
            case Mask.Url() -> matches(value, "^https://example\\.test/[0-9a-f]{20}$");
            case Mask.Text() ->
                Optional.of(value + " = rtrim(left(repeat(" + SqlText.literal(MaskSql.WORDS) + ", 1 + length(" + value
                        + ") / " + MaskSql.WORDS.length() + "), length(" + value + ")))");
            case Mask.Uuid() -> matches(value, "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$");
            case Mask.Hash() -> matches(value, "^h[0-9a-f]*$");
            case Mask.Constant(String constant) -> Optional.of(value + " = rtrim(" + SqlText.literal(constant) + ")");
            case Mask.DateTo to -> Optional.empty();
            case Mask.DateShift shift -> Optional.empty();
            case Mask.Noise noise -> Optional.empty();
            case Mask.Remove remove -> Optional.empty();
            case Mask.Json json -> Optional.empty();
        };
    }

    private static Optional<String> name(Mask.Name.Part part, String value) {
        return Optional.of(
                switch (part) {
                    case FIRST -> isOneOf(OwnNames.FIRST, value);
                    case LAST -> isOneOf(OwnNames.LAST, value);
                    case FULL ->
                        isOneOf(OwnNames.FIRST, "split_part(" + value + ", ' ', 1)") + " AND "
                                + isOneOf(OwnNames.LAST, "split_part(" + value + ", ' ', 2)") + " AND split_part("
                                + value + ", ' ', 3) = ''";
                });
    }

    private static String isOneOf(List<String> names, String value) {
        return value + " IN (" + SqlText.literals(names) + ")";
    }

    private static Optional<String> matches(String value, String pattern) {
        return Optional.of(value + " ~ " + SqlText.literal(pattern));
    }
}
