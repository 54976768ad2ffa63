package dev.windlass.activities.protect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** As pg_amcheck 15 prints it. */
class AmcheckReportTest {
    @Test
    void readsWhatIsDamagedAndHow() {
        AmcheckReport report = AmcheckReport.of(List.of(
                "heap table \"shop.public.orders\", block 2, offset 5:",
                "    xmin 4294967295 equals or exceeds next valid transaction ID 0:744",
                "btree index \"shop.public.users_email\":",
                "    ERROR:  heap tuple (8,23) from table \"users\" lacks matching index tuple within index \"users_email\"",
                "    HINT:  Retrying verification using the function bt_index_parent_check() might help."));

        assertThat(report.damage())
                .containsExactly(
                        "heap table \"shop.public.orders\", block 2, offset 5: xmin 4294967295 equals or exceeds next valid"
                                + " transaction ID 0:744",
                        "btree index \"shop.public.users_email\": heap tuple (8,23) from table \"users\" lacks matching"
                                + " index tuple within index \"users_email\"");
        assertThat(report.brokenOff()).isEmpty();
    }

    @Test
    void doesNotCallAServerThatWentAwayDamage() {
        AmcheckReport report = AmcheckReport.of(List.of(
                "btree index \"shop.public.users_email\":",
                "    FATAL:  terminating connection due to administrator command",
                "heap table \"shop.public.users\":",
                "    server closed the connection unexpectedly"));

        assertThat(report.damage()).isEmpty();
        assertThat(report.brokenOff()).contains("terminating connection due to administrator command");
    }

    @Test
    void forgetsWhatWasDroppedInTheMeantime() {
        AmcheckReport report = AmcheckReport.of(List.of(
                "btree index \"shop.public.old_index\":", "    ERROR:  could not open relation with OID 16403"));

        assertThat(report.damage()).isEmpty();
        assertThat(report.brokenOff()).isEmpty();
    }
}
