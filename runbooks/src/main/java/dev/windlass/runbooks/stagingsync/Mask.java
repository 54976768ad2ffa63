package dev.windlass.runbooks.stagingsync;

import java.util.List;
import java.util.Optional;

/** What stands in a column of the copy instead of the value. NULL stays NULL. */
public sealed interface Mask {
    /** At example.test, which RFC 6761 keeps from ever being anybody's. */
    record Email() implements Mask {}

    /**
     * +999 and twelve digits: no country has that code.
     *
     * @param by a column of whole numbers that tells rows apart, where phone numbers must stay different
     */
    record Phone(Optional<String> by) implements Mask {}

    /** From two lists of our own. */
    record Name(Part part) implements Mask {
        public enum Part {
            FULL,
            FIRST,
            LAST
        }
    }

    record Address() implements Mask {}

    /** French in form, of the bank 00000, which is none; its check digits are right. */
    record Iban() implements Mask {}

    /** Sixteen digits that begin with 9999, which no card does; its check digit is right. */
    record Card(Optional<String> by) implements Mask {}

    /** 192.0.2.0/24 (RFC 5737) or 2001:db8::/32 (RFC 3849), as the value was. */
    record Ip() implements Mask {}

    record Url() implements Mask {}

    /** The first day of its year or month. */
    record DateTo(Precision precision) implements Mask {
        public enum Precision {
            YEAR,
            MONTH
        }
    }

    /** Moved by up to so many days; equal values equally. */
    record DateShift(int days) implements Mask {}

    /** Words that mean nothing, as many characters as there were. */
    record Text() implements Mask {}

    /** Off by up to so many percent; zero stays zero. */
    record Noise(int percent) implements Mask {}

    record Uuid() implements Mask {}

    /** A keyed hash: h and hexadecimal digits in text, a positive number in a whole number. */
    record Hash() implements Mask {}

    record Constant(String value) implements Mask {}

    /** NULL. */
    record Remove() implements Mask {}

    /**
     * An object of these keys alone, each with text, a number or a truth value, or a list of such.
     *
     * @param allowed {@code key} or {@code key.below}
     */
    record Json(List<String> allowed) implements Mask {
        public Json {
            allowed = List.copyOf(allowed);
        }
    }
}
