package dev.windlass.starter.stagingsync;

import dev.windlass.workflows.stagingsync.SourceChoice;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code backup}, {@code production} or {@code auto}, as in ops.yml. */
final class SourceWord implements ITypeConverter<SourceChoice> {
    @Override
    public SourceChoice convert(String word) {
        return Arrays.stream(SourceChoice.values())
                .filter(choice -> word(choice).equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("\"" + word + "\" is none of "
                        + Arrays.stream(SourceChoice.values())
                                .map(SourceWord::word)
                                .collect(Collectors.joining(", "))));
    }

    private static String word(SourceChoice choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
