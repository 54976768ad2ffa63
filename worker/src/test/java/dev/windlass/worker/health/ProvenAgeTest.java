package dev.windlass.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.SetId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProvenAgeTest {
    private static final Instant THREE = Instant.parse("2026-11-24T03:00:00Z");

    private Instant now = THREE;
    private Catalogue catalogue = new Catalogue(List.of());
    private final AtomicInteger looks = new AtomicInteger();
    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final ProvenAge age = new ProvenAge(
            () -> {
                looks.incrementAndGet();
                return catalogue;
            },
            clock,
            Runnable::run);

    private static Catalogue.Entry set(String id, Catalogue.Status status) {
        return new Catalogue.Entry(new SetId(id), status, List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    @Test
    void isNotANumberWhileNothingIsProven() {
        catalogue = new Catalogue(List.of(set("20261124T030000Z-1f3a09bc", Catalogue.Status.UNPROVEN)));
        assertThat(age.seconds()).isNaN();
    }

    @Test
    void countsFromTheMomentTheDataWasTaken() {
        catalogue = new Catalogue(List.of(
                set("20261124T030000Z-1f3a09bc", Catalogue.Status.FAILED),
                set("20261123T030000Z-1f3a09bc", Catalogue.Status.PROVEN)));
        now = THREE.plusSeconds(90);
        assertThat(age.seconds()).isEqualTo(86_490.0);
    }

    @Test
    void growsOlderBetweenLooksAndLooksRarely() {
        catalogue = new Catalogue(List.of(set("20261124T030000Z-1f3a09bc", Catalogue.Status.PROVEN)));
        now = THREE.plusSeconds(10);
        assertThat(age.seconds()).isEqualTo(10.0);
        now = THREE.plusSeconds(100);
        assertThat(age.seconds()).isEqualTo(100.0);
        assertThat(looks).hasValue(1);
        now = THREE.plusSeconds(400);
        age.seconds();
        assertThat(looks).hasValue(2);
    }

    @Test
    void growsOlderWhileTheCatalogueCannotBeRead() {
        AtomicInteger asked = new AtomicInteger();
        ProvenAge shaky = new ProvenAge(
                () -> {
                    if (asked.incrementAndGet() > 1) {
                        throw new IllegalStateException("the bucket does not answer");
                    }
                    return new Catalogue(List.of(set("20261124T030000Z-1f3a09bc", Catalogue.Status.PROVEN)));
                },
                clock,
                Runnable::run);
        assertThat(shaky.seconds()).isEqualTo(0.0);
        now = THREE.plusSeconds(3600);
        assertThat(shaky.seconds()).isEqualTo(3600.0);
    }
}
