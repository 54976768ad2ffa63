package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.stagingsync.SchemaColumn.Trait;
import java.util.Optional;
import java.util.Set;

/** Whether a mask can be what a column holds, as far as types say. */
final class Fitting {
    /** Below it two values of a large table would meet. */
    private static final int LEAST_DISTINCT_HASH = 16;

    private Fitting() {}

    /** What the mask can be used for instead; empty where it fits. */
    static Optional<String> wanted(Mask mask, SchemaColumn column) {
        if (mask instanceof Mask.Remove || mask instanceof Mask.Constant) {
            return Optional.empty();
        }
        if (column.is(Trait.ENUM)) {
            return Optional.of(
                    "keep it with a reason, or use constant or remove: it takes only the values of its type");
        }
        if (column.is(Trait.ARRAY) && (hasBy(mask) || mask instanceof Mask.Json)) {
            return Optional.of("it is an array: leave by: out, or use hash, text or remove");
        }
        TypeKind kind = column.kind();
        return switch (mask) {
            case Mask.Email email -> needs(kind == TypeKind.TEXT, "text");
            case Mask.Address address -> needs(kind == TypeKind.TEXT, "text");
            case Mask.Iban iban -> needs(kind == TypeKind.TEXT, "text");
            case Mask.Url url -> needs(kind == TypeKind.TEXT, "text");
            case Mask.Text text -> needs(kind == TypeKind.TEXT, "text");
            case Mask.Phone phone -> needs(kind == TypeKind.TEXT, "text");
            case Mask.Name name -> needs(kind == TypeKind.TEXT, "text");
            case Mask.Card card -> needs(kind == TypeKind.TEXT, "text");
            case Mask.Ip() -> needs(kind == TypeKind.TEXT || kind == TypeKind.INET, "inet or text");
            case Mask.DateTo date -> needs(isDate(kind), "a date or a timestamp");
            case Mask.DateShift date -> needs(isDate(kind), "a date or a timestamp");
            case Mask.Noise noise -> needs(kind.isNumber(), "a number");
            case Mask.Uuid() -> needs(kind == TypeKind.UUID || kind == TypeKind.TEXT, "uuid or text");
            case Mask.Hash() ->
                needs(
                        kind == TypeKind.TEXT || kind == TypeKind.BYTES || kind.isWholeNumber(),
                        "text, bytea or a whole number");
            case Mask.Json json -> needs(kind == TypeKind.JSON, "json or jsonb");
            case Mask.Constant constant -> Optional.empty();
            case Mask.Remove remove -> Optional.empty();
        };
    }

    private static Optional<String> needs(boolean fits, String types) {
        return fits ? Optional.empty() : Optional.of("that mask is for " + types + "; remove is for every type");
    }

    private static boolean isDate(TypeKind kind) {
        return kind == TypeKind.DATE || kind == TypeKind.TIMESTAMP;
    }

    private static boolean hasBy(Mask mask) {
        return by(mask).isPresent();
    }

    static Optional<String> by(Mask mask) {
        if (mask instanceof Mask.Phone(Optional<String> by)) {
            return by;
        }
        return mask instanceof Mask.Card(Optional<String> by) ? by : Optional.empty();
    }

    /** Whether different values stay different: surely, or but for less than one chance in a million among a million rows. */
    static boolean keepsApart(Mask mask, SchemaColumn column) {
        if (column.is(Trait.ARRAY)) {
            return mask instanceof Mask.Remove;
        }
        Set<TypeKind> wide = Set.of(TypeKind.BIGINT, TypeKind.BYTES);
        return switch (mask) {
            case Mask.Email email -> true;
            case Mask.Iban iban -> true;
            case Mask.Url url -> true;
            case Mask.Uuid uuid -> true;
            case Mask.Phone(Optional<String> by) -> by.isPresent();
            case Mask.Card(Optional<String> by) -> by.isPresent();
            case Mask.Hash() ->
                wide.contains(column.kind())
                        || column.kind() == TypeKind.TEXT && MaskSql.hashLength(column) >= LEAST_DISTINCT_HASH;
            // Any number of rows may have none.
            case Mask.Remove() -> true;
            case Mask.Name name -> false;
            case Mask.Address address -> false;
            case Mask.Ip ip -> false;
            case Mask.DateTo date -> false;
            case Mask.DateShift date -> false;
            case Mask.Text text -> false;
            case Mask.Noise noise -> false;
            case Mask.Constant constant -> false;
            case Mask.Json json -> false;
        };
    }
}
