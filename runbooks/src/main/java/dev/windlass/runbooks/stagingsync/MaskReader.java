package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.config.Form;
import dev.windlass.runbooks.config.Forms;
import dev.windlass.runbooks.config.Misfit;
import dev.windlass.runbooks.config.Section;
import java.util.List;
import java.util.Optional;

/** {@code mask:} and the keys that go with it. */
final class MaskReader {
    static final Form<MaskKind> KIND = Forms.choice(MaskKind.class);
    private static final Form<String> COLUMN = Forms.text("a column of whole numbers that tells rows apart", 63);
    private static final Form<Integer> SHIFT = Forms.number(1, 3650);
    private static final Form<Integer> PERCENT = Forms.number(1, 100);
    private static final Form<Mask.Name.Part> PART = Forms.choice(Mask.Name.Part.class);
    private static final Form<Mask.DateTo.Precision> PRECISION = Forms.choice(Mask.DateTo.Precision.class);
    private static final Form<String> VALUE = new Form<>("the value that every row gets", "", scalar -> scalar.text());
    private static final Form<String> KEY = Forms.text("a key such as theme, or contact.city for one below", 200)
            .and(key -> {
                if (key.startsWith(".") || key.endsWith(".") || key.contains("..") || key.contains("[")) {
                    throw new Misfit(
                            "\"" + key + "\" is not a key",
                            "write its name, with the names above it in front: contact.city");
                }
            });

    private MaskReader() {}

    static Mask read(MaskKind kind, Section section) {
        return switch (kind) {
            case EMAIL -> new Mask.Email();
            case PHONE -> new Mask.Phone(section.find("by", COLUMN));
            case NAME -> new Mask.Name(section.get("part", PART, Mask.Name.Part.FULL));
            case ADDRESS -> new Mask.Address();
            case IBAN -> new Mask.Iban();
            case CARD -> new Mask.Card(section.find("by", COLUMN));
            case IP -> new Mask.Ip();
            case URL -> new Mask.Url();
            case DATE -> date(section);
            case TEXT -> new Mask.Text();
            case NOISE -> new Mask.Noise(section.need("percent", PERCENT));
            case UUID -> new Mask.Uuid();
            case HASH -> new Mask.Hash();
            case CONSTANT -> new Mask.Constant(section.need("value", VALUE));
            case REMOVE -> new Mask.Remove();
            case JSON -> json(section);
        };
    }

    private static Mask date(Section section) {
        Optional<Integer> shift = section.find("shift_days", SHIFT);
        Optional<Mask.DateTo.Precision> precision = section.find("to", PRECISION);
        if (section.has("shift_days") == section.has("to")) {
            section.report(
                    "mask",
                    section.has("to") ? "has both to and shift_days" : "does not say what becomes of the date",
                    "write one of to: year, to: month, or shift_days: 30");
        }
        return shift.<Mask>map(Mask.DateShift::new)
                .orElseGet(() -> new Mask.DateTo(precision.orElse(Mask.DateTo.Precision.YEAR)));
    }

    private static Mask json(Section section) {
        List<String> allowed = section.list("allow", KEY);
        if (!section.has("allow")) {
            section.report(
                    "mask", "names no keys that may pass", "write allow: [ … ], and allow: [] where none may pass");
        }
        return new Mask.Json(allowed);
    }
}
