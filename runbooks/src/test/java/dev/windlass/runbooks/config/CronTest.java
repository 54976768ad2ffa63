package dev.windlass.runbooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 3 * * *",
                "*/15 * * * *",
                "0 3 1 * *",
                "0 3 * * mon-fri",
                "0 3 * * 7",
                "0 0,12 1,15 jan-jun/2 *",
                "5/10 9-17 * * 1,3,5",
                "0 3 29 2 *",
                "0 3 31 * *",
                "0 3 1-31 * sun"
            })
    void lineThatMeansOneThingIsTaken(String line) throws Misfit {
        assertThat(read(line)).isEqualTo(line);
    }

    @Test
    void namesInCapitalsAndWideSpacesAreMadePlain() throws Misfit {
        assertThat(read(" 0  3 * * MON ")).isEqualTo("0 3 * * mon");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            60 3 * * *     | minute "60" is out of range
            0 24 * * *     | hour "24" is out of range
            0 3 0 * *      | day of month "0" is out of range
            0 3 * 13 *     | month "13" is out of range
            0 3 * * 8      | day of week "8" is out of range
            0 3 * * fry    | day of week "fry" is out of range
            0 3 * jan mon2 | day of week "mon2" is out of range
            x 3 * * *      | minute "x" is out of range
            -5 3 * * *     | minute "" is out of range
            0,,1 3 * * *   | minute "" is out of range
            0 3 ? * *      | day of month "?" is out of range
            0 3 L * *      | day of month "l" is out of range
            */90 * * * *   | minute step "90" is out of range
            */0 * * * *    | minute step "0" is out of range
            */ * * * *     | minute step "" is out of range
            0 5-2 * * *    | hour range 5-2 runs backwards
            0 3 * * fri-mon | day of week range fri-mon runs backwards
            0 3 30 feb *   | day 30 never comes in the months given
            0 3 31 4,6 *   | day 31 never comes in the months given
            0 3 1 * mon    | both the day of month and the day of week are restricted
            0 3 * *        | "0 3 * *" has 4 fields, not 5
            0 0 3 * * *    | "0 0 3 * * *" has 6 fields, not 5
            """)
    void lineThatCannotBeIsRefusedWithTheFieldThatIsWrong(String line, String fact) {
        Misfit misfit = catchThrowableOfType(Misfit.class, () -> read(line));
        assertThat(misfit.fact()).isEqualTo(fact);
        assertThat(misfit.hint()).isNotBlank();
    }

    private static String read(String line) throws Misfit {
        return Cron.CRON.read(new Scalar(line, Scalar.Kind.TEXT));
    }
}
