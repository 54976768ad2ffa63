package dev.windlass.runbooks.config;

/**
 * What a value must look like.
 *
 * @param wanted in words that follow "write …"
 * @param standIn used in place of a value that is missing or refused, so that reading goes on and finds the other
 *     problems; what is then read is thrown away
 */
public record Form<T>(String wanted, T standIn, Reading<T> reading) {
    @FunctionalInterface
    public interface Reading<T> {
        T read(Scalar scalar) throws Misfit;
    }

    T read(Scalar scalar) throws Misfit {
        return reading.read(scalar);
    }

    /** A stricter form of the same value. */
    public Form<T> and(Rule<T> rule) {
        return new Form<>(wanted, standIn, scalar -> {
            T value = reading.read(scalar);
            rule.check(value);
            return value;
        });
    }

    @FunctionalInterface
    public interface Rule<T> {
        void check(T value) throws Misfit;
    }
}
