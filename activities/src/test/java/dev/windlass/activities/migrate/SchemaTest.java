package dev.windlass.activities.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final List<String> TABLE = List.of(
            "--",
            "-- Name: courses; Type: TABLE; Schema: content; Owner: -",
            "--",
            "",
            "CREATE TABLE content.courses (",
            "    id integer NOT NULL,",
            "    colour text",
            ");",
            "");
    private static final List<String> FUNCTION = List.of(
            "--",
            "-- Name: hue(); Type: FUNCTION; Schema: content; Owner: -",
            "--",
            "",
            "CREATE FUNCTION content.hue() RETURNS text",
            "    LANGUAGE sql",
            "    AS $$ SELECT 'red' $$;",
            "");

    @Test
    void orderCommentsAndTheRestoringSessionSayNothing() {
        Schema one = schema(
                List.of("-- PostgreSQL database dump", "\\restrict Ab1", "SET statement_timeout = 0;"),
                TABLE,
                FUNCTION);
        Schema other = schema(
                List.of("-- Dumped by pg_dump version 15.18", "\\restrict Xy9"),
                FUNCTION,
                List.of("SET default_table_access_method = heap;", ""),
                TABLE,
                List.of("-- PostgreSQL database dump complete", "\\unrestrict Xy9"));

        assertThat(other).isEqualTo(one);
        assertThat(other.fingerprint()).isEqualTo(one.fingerprint()).matches("sha256:[0-9a-f]{64}");
        assertThat(Schema.of(one.text().lines().toList())).isEqualTo(one);
        assertThat(other.differenceFrom(one)).isEmpty();
    }

    @Test
    void aDifferenceIsToldByObjectAndLine() {
        Schema expected = schema(TABLE, FUNCTION);
        Schema found = schema(TABLE.stream()
                .map(line -> line.equals("    colour text") ? "    colour text," : line)
                .flatMap(line -> line.equals(");") ? List.of("    hue bigint", line).stream() : List.of(line).stream())
                .toList());

        assertThat(found.differenceFrom(expected))
                .isEqualTo("FUNCTION content.hue() is missing; TABLE content.courses has: hue bigint");
        assertThat(expected.differenceFrom(found))
                .isEqualTo("FUNCTION content.hue() is one too many; TABLE content.courses lacks: hue bigint");
    }

    @SafeVarargs
    private static Schema schema(List<String>... parts) {
        return Schema.of(List.of(parts).stream().flatMap(List::stream).toList());
    }
}
