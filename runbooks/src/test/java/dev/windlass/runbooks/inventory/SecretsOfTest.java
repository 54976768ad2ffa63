package dev.windlass.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.kernel.SecretReference;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SecretsOfTest {
    /** A worker is started on a recovered machine when it has these. */
    @Test
    void everySecretOfTheManualIsNamed() {
        Operations operations = switch (OpsFile.read(Path.of("../ops.example.yml"))) {
            case OpsFileReading.Accepted accepted -> accepted.operations();
            case OpsFileReading.Refused refused -> throw new AssertionError(refused.text());
        };

        assertThat(SecretsOf.operations(operations))
                .containsAll(within(operations).toList())
                .hasSizeGreaterThan(10);
    }

    private static Stream<SecretReference> within(@Nullable Object value) {
        return switch (value) {
            case SecretReference found -> Stream.of(found);
            case Optional<?> maybe -> maybe.stream().flatMap(SecretsOfTest::within);
            case Collection<?> all -> all.stream().flatMap(SecretsOfTest::within);
            case Map<?, ?> all -> all.values().stream().flatMap(SecretsOfTest::within);
            case Record known ->
                Arrays.stream(known.getClass().getRecordComponents())
                        .map(component -> read(component, known))
                        .flatMap(SecretsOfTest::within);
            case null, default -> Stream.empty();
        };
    }

    private static @Nullable Object read(RecordComponent component, Record known) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(known);
        } catch (ReflectiveOperationException hidden) {
            throw new AssertionError(hidden);
        }
    }
}
