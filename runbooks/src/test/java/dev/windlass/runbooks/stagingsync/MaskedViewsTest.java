package dev.windlass.runbooks.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaskedViewsTest {
    private static final Classification NOTHING =
            new Classification(List.of(), Optional.empty(), Map.of(), Map.of(), 5, StagingOwn.NOTHING);

    /** A superuser runs the script. */
    @Test
    void aRoleWhoseNameEndsAQuotationOrALineIsOnlyAName() {
        String script = new MaskedViews(NOTHING, new Schema(List.of()), "r$do$;x\n;DROP TABLE y").script();

        assertThat(script).contains("DO $do1$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles", "END IF; END $do1$;");
        assertThat(script.lines().filter(line -> line.startsWith(";DROP")))
                .as("each stands in a quotation that the line before has begun")
                .containsExactly(
                        ";DROP TABLE y') THEN CREATE ROLE \"r$do$;x",
                        ";DROP TABLE y\" LOGIN; END IF; END $do1$;",
                        ";DROP TABLE y\";");
        assertThat(script.lines().filter(line -> line.startsWith("--") && line.contains("r$do$")))
                .allMatch(line -> line.contains("\"r$do$;x ;DROP TABLE y\""))
                .hasSize(2);
    }
}
