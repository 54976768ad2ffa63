package dev.windlass.worker.fault;

import static dev.windlass.worker.fault.MigrateMoment.AFTER;
import static dev.windlass.worker.fault.MigrateMoment.FIRST;
import static dev.windlass.worker.fault.MigrateMoment.REHEARSAL;
import static dev.windlass.worker.fault.MigrateMoment.SECOND;
import static dev.windlass.worker.fault.MigrateMoment.THIRD;
import static dev.windlass.worker.fault.MigrateMoment.UNDO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.worker.fault.MigratedShop.Sight;
import dev.windlass.worker.fault.MigrationFolder.ThirdOne;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.migrate.MigrateOutcome;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is killed in the middle of a migration, and whenever: schema, rows and the tool's record end exactly as before or
 * exactly as rehearsed. Three apps migrate at once, each with another tool, are held at the same moment, and then there is one
 * SIGKILL; the same runs go on to the next moment and its SIGKILL. WINDLASS_FAULT_CASE=REGEX runs the waves that match.
 */
@Tag("fault")
class MigrateSigkillTest {
    private static final int PATIENCE_SECONDS = 150;
    private static final List<Tool> TOOLS = List.of(Tool.values());

    private static Rig rig;
    private static List<MigratedShop> shops;
    private static Map<Tool, Sight> after;

    @BeforeAll
    static void startEverything() throws Exception {
        rig = Rig.start(TOOLS.stream().map(MigratedShop::name).toList(), MigratedShop.apps(TOOLS));
        boolean isStarted = false;
        try {
            shops = TOOLS.stream().map(tool -> new MigratedShop(rig, tool)).toList();
            for (MigratedShop shop : shops) {
                shop.prepare();
            }
            for (MigratedShop shop : shops) {
                shop.backUp().getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
            }
            after = seeUndisturbed();
            isStarted = true;
        } finally {
            if (!isStarted) {
                rig.close();
            }
        }
    }

    private static Map<Tool, Sight> seeUndisturbed() throws Exception {
        List<WorkflowStub> runs = new ArrayList<>();
        for (MigratedShop shop : shops) {
            shop.reset(ThirdOne.FITS);
            runs.add(shop.migrate("fault-migrate-undisturbed-" + shop.name));
        }
        for (WorkflowStub run : runs) {
            assertThat(run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, MigrateOutcome.class))
                    .isInstanceOf(MigrateOutcome.Migrated.class);
        }
        Map<Tool, Sight> seen = new EnumMap<>(Tool.class);
        for (MigratedShop shop : shops) {
            Sight sight = shop.look();
            assertThat(sight.applied()).hasSize(3);
            assertThat(sight.rows()).contains("first", "second", "third");
            seen.put(shop.tool, sight);
        }
        return seen;
    }

    @AfterAll
    static void endEverything() throws IOException {
        rig.close();
    }

    enum Left {
        /** The test holds them until the next attempt has ended them. */
        ARE_ENDED,
        /** What a dead worker has started goes on, and is done before there is another. */
        GO_ON
    }

    /** @param moments a SIGKILL at each of them */
    record Wave(Victim victim, List<MigrateMoment> moments, Left left) {
        Wave(Victim victim, MigrateMoment... moments) {
            this(victim, List.of(moments), Left.ARE_ENDED);
        }

        /** It can come to its undo by being killed where it cannot be taken up again, or by failing. */
        ThirdOne third() {
            return moments.contains(UNDO) && !moments.contains(SECOND) ? ThirdOne.BREAKS_ON_PRODUCTION : ThirdOne.FITS;
        }

        /**
         * Prisma begins its record before the transaction, so nobody knows of one that was cut off whether it was committed:
         * where others are applied already, all of it is undone.
         */
        boolean endsWithTheOld(Tool tool) {
            return moments.contains(UNDO)
                    || tool == Tool.PRISMA && moments.contains(THIRD) && victim != Victim.TEMPORAL;
        }

        boolean endsWhatWaitsAt(MigrateMoment moment) {
            return left == Left.ARE_ENDED
                    && moment.isChanging()
                    && (victim == Victim.WORKER || victim == Victim.PROGRAM);
        }

        /** What is held when the moment with this index is waited for. */
        List<MigrateMoment> heldFrom(int at) {
            return IntStream.range(at, moments.size())
                    .filter(each -> each == at || moments.get(each).canBeHeldEarly())
                    .mapToObj(moments::get)
                    .toList();
        }

        @Override
        public String toString() {
            return (victim + " " + moments + (left == Left.GO_ON ? " and what it left goes on" : ""))
                    .toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Wave> waves() {
        Pattern wanted = Pattern.compile(
                Optional.ofNullable(System.getenv("WINDLASS_FAULT_CASE")).orElse(""));
        return Stream.of(
                        new Wave(Victim.WORKER, REHEARSAL, FIRST, THIRD, AFTER),
                        new Wave(Victim.WORKER, SECOND, UNDO),
                        new Wave(Victim.WORKER, List.of(SECOND), Left.GO_ON),
                        // Nothing is cut off by it, so the second is done as any other.
                        new Wave(Victim.TEMPORAL, REHEARSAL, FIRST, SECOND, AFTER),
                        new Wave(Victim.TEMPORAL, THIRD, UNDO),
                        new Wave(Victim.PROGRAM, REHEARSAL, FIRST, THIRD, AFTER),
                        new Wave(Victim.PROGRAM, SECOND, UNDO),
                        new Wave(Victim.POSTGRES, REHEARSAL, FIRST, THIRD, AFTER),
                        new Wave(Victim.POSTGRES, SECOND, UNDO))
                .filter(wave -> wanted.matcher(wave.toString()).find());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    void eachDatabaseEndsExactlyAsBeforeOrExactlyAsRehearsed(Wave wave) throws Exception {
        long begun = System.nanoTime();
        List<HeldMigration> all = new ArrayList<>();
        try {
            for (MigratedShop shop : shops) {
                all.add(new HeldMigration(shop, word(wave), wave.heldFrom(0), wave.third()));
            }
            for (int at = 0; at < wave.moments().size(); at++) {
                killAt(wave, at, all);
            }
            // Each to its end before anything is asked: they share the scratch directory.
            for (HeldMigration each : all) {
                each.awaitEnd();
            }
        } finally {
            all.forEach(HeldMigration::releaseAll);
        }
        Witness witness = new Witness(rig);
        for (HeldMigration each : all) {
            if (wave.endsWithTheOld(each.shop.tool)) {
                each.endsWithTheOld();
            } else {
                each.endsWithTheNew(Objects.requireNonNull(after.get(each.shop.tool)));
            }
            each.leavesOneMessageAndNothingElse(witness);
        }
        System.out.printf(Locale.ROOT, "fault: %5.1f s  migrate %s%n", (System.nanoTime() - begun) / 1e9, wave);
    }

    private static String word(Wave wave) {
        return wave.toString().replaceAll("[^a-z]+", "-");
    }

    private static void killAt(Wave wave, int at, List<HeldMigration> all) throws Exception {
        MigrateMoment moment = wave.moments().get(at);
        for (HeldMigration each : all) {
            each.await(moment);
        }
        for (HeldMigration each : all) {
            each.hold(wave.heldFrom(at + 1));
        }
        if (wave.victim() == Victim.PROGRAM) {
            all.forEach(each -> each.killProgram(moment));
        } else {
            wave.victim().kill(rig, Moment.BEFORE_DUMP, "");
        }
        if (wave.left() == Left.GO_ON) {
            all.forEach(HeldMigration::releaseAll);
            all.forEach(HeldMigration::awaitEndOfProcesses);
        }
        wave.victim().bringBack(rig);
        for (HeldMigration each : all) {
            if (wave.victim() == Victim.POSTGRES) {
                // The locks went with the server.
                each.releaseAll();
                each.hold(wave.heldFrom(at + 1));
            } else if (wave.endsWhatWaitsAt(moment)) {
                each.awaitEndOfWhatWaited(moment);
            }
            each.release(moment);
        }
    }
}
