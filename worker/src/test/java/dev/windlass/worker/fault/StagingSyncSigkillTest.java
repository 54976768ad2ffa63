package dev.windlass.worker.fault;

import static dev.windlass.worker.fault.SyncMoment.AFTER;
import static dev.windlass.worker.fault.SyncMoment.APPROVAL;
import static dev.windlass.worker.fault.SyncMoment.BACK;
import static dev.windlass.worker.fault.SyncMoment.CLEAR;
import static dev.windlass.worker.fault.SyncMoment.CREATE;
import static dev.windlass.worker.fault.SyncMoment.EARLY;
import static dev.windlass.worker.fault.SyncMoment.MID;
import static dev.windlass.worker.fault.SyncMoment.PLAN;
import static dev.windlass.worker.fault.SyncMoment.POST_DATA;
import static dev.windlass.worker.fault.SyncMoment.SCAN;
import static dev.windlass.worker.fault.SyncMoment.SECOND;
import static dev.windlass.worker.fault.SyncMoment.SMOKE;
import static dev.windlass.worker.fault.SyncMoment.SWAP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is killed while staging gets a masked copy, and whenever: staging is what it was until it is the whole copy, and of a
 * thousand values that production knows none is ever anywhere else. Three runs at once are brought to a moment each, and then there
 * is one SIGKILL; the same runs go on to the next. WINDLASS_FAULT_CASE=REGEX runs the cases that match.
 */
@Tag("fault")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StagingSyncSigkillTest {
    private static SyncRig rig;
    private static List<SyncShop> shops;
    private static SyncWitness witness;

    @BeforeAll
    static void startEverything() throws Exception {
        List<String> names = List.of("apples", SyncShop.GUARDED, "pears");
        rig = SyncRig.start(names);
        boolean isStarted = false;
        try {
            shops = names.stream().map(name -> new SyncShop(rig, name)).toList();
            SyncShop.prepare(rig, shops);
            witness = new SyncWitness(rig);
            isStarted = true;
        } finally {
            if (!isStarted) {
                rig.close();
            }
        }
    }

    @AfterAll
    static void endEverything() throws IOException {
        rig.close();
    }

    /** @param moments where the three runs are when it comes */
    record Kill(SyncVictim victim, List<SyncMoment> moments) {
        static Kill of(SyncVictim victim, SyncMoment apples, SyncMoment guarded, SyncMoment pears) {
            return new Kill(victim, List.of(apples, guarded, pears));
        }
    }

    record Wave(String name, List<Kill> kills) {
        SyncMoment moment(int kill, int run) {
            return kills.get(kill).moments().get(run);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Wave> waves() {
        return Stream.of(
                        new Wave(
                                "worker",
                                List.of(
                                        Kill.of(SyncVictim.WORKER, PLAN, APPROVAL, CREATE),
                                        Kill.of(SyncVictim.WORKER, EARLY, MID, SECOND),
                                        Kill.of(SyncVictim.WORKER, POST_DATA, SCAN, SWAP),
                                        Kill.of(SyncVictim.WORKER, AFTER, SWAP, CLEAR))),
                        new Wave(
                                "servers",
                                List.of(
                                        Kill.of(SyncVictim.TEMPORAL, EARLY, APPROVAL, EARLY),
                                        Kill.of(SyncVictim.PRODUCTION, MID, MID, MID),
                                        Kill.of(SyncVictim.STAGING, SECOND, POST_DATA, SWAP))))
                .filter(wave -> isWanted(wave.name()));
    }

    private static boolean isWanted(String name) {
        return Pattern.compile(Optional.ofNullable(System.getenv("WINDLASS_FAULT_CASE"))
                        .orElse(""))
                .matcher(name)
                .find();
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    void stagingIsWhatItWasUntilItIsTheCopy(Wave wave) throws Exception {
        long begun = System.nanoTime();
        List<HeldSync> all = new ArrayList<>();
        try {
            for (int i = 0; i < shops.size(); i++) {
                all.add(new HeldSync(rig, shops.get(i), wave.name(), wave.moment(0, i)));
            }
            for (int kill = 0; kill < wave.kills().size(); kill++) {
                killAt(wave, kill, all);
            }
        } finally {
            all.forEach(HeldSync::releaseAll);
        }
        for (HeldSync each : all) {
            each.endsAsTheCopy();
            each.tellsItsEndOnce();
        }
        witness.seesNothingLeft();
        witness.findsNoOriginal();
        tell(wave.name(), begun);
    }

    private static void killAt(Wave wave, int kill, List<HeldSync> all) throws Exception {
        SyncVictim victim = wave.kills().get(kill).victim();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).await(wave.moment(kill, i));
        }
        for (int i = 0; i < all.size(); i++) {
            all.get(i).approach(wave.moment(kill, i));
        }
        if (victim == SyncVictim.PRODUCTION || victim == SyncVictim.STAGING) {
            killTheServer(wave, kill, all);
            return;
        }
        victim.kill(rig);
        requireStagingAsBefore(wave, kill, all);
        holdNext(wave, kill, all);
        victim.bringBack(rig);
        for (int i = 0; i < all.size(); i++) {
            SyncMoment moment = wave.moment(kill, i);
            if (victim == SyncVictim.WORKER && moment.isEndedByTheNextAttempt()) {
                // Whatever a dead worker has left there is ended before the same is begun again.
                all.get(i).awaitEndOfWhatWaited(moment);
            }
            all.get(i).release(moment);
        }
    }

    /** The locks go with the server: the worker stands still until those of the next moment are taken. */
    private static void killTheServer(Wave wave, int kill, List<HeldSync> all) throws Exception {
        SyncVictim victim = wave.kills().get(kill).victim();
        List<Long> worker = List.of(rig.worker.pid());
        Processes.signal("STOP", worker);
        try {
            victim.kill(rig);
            victim.bringBack(rig);
            requireStagingAsBefore(wave, kill, all);
            for (int i = 0; i < all.size(); i++) {
                all.get(i).release(wave.moment(kill, i));
            }
            holdNext(wave, kill, all);
        } finally {
            Processes.signal("CONT", worker);
        }
    }

    private static void requireStagingAsBefore(Wave wave, int kill, List<HeldSync> all) throws Exception {
        for (int i = 0; i < all.size(); i++) {
            SyncMoment moment = wave.moment(kill, i);
            if (!moment.isClosed() && !moment.hasSwapped()) {
                all.get(i).stagingIsAsBefore("after a SIGKILL at " + moment);
            }
        }
    }

    private static void holdNext(Wave wave, int kill, List<HeldSync> all) throws SQLException {
        if (kill + 1 < wave.kills().size()) {
            for (int i : IntStream.range(0, all.size()).toArray()) {
                all.get(i).hold(wave.moment(kill + 1, i));
            }
        }
    }

    /** Production is away for longer than anybody tries: the copies that have grown are dropped all the same. */
    @Order(2)
    @Test
    void whatCannotBeEndedIsGivenUpAndNothingOfItStays() throws Exception {
        if (!isWanted("away")) {
            return;
        }
        long begun = System.nanoTime();
        List<SyncMoment> moments = List.of(EARLY, POST_DATA, MID);
        List<HeldSync> all = new ArrayList<>();
        for (int i = 0; i < shops.size(); i++) {
            all.add(new HeldSync(rig, shops.get(i), "away", moments.get(i)));
        }
        for (int i = 0; i < shops.size(); i++) {
            all.get(i).await(moments.get(i));
        }
        rig.production.kill();
        try {
            all.forEach(HeldSync::releaseAll);
            for (HeldSync each : all) {
                each.endsAsBefore();
            }
            assertThat(SyncShop.copies(rig))
                    .as("copies, while production is still away")
                    .isEmpty();
        } finally {
            rig.production.start();
        }
        all.forEach(HeldSync::tellsItsEndOnce);
        witness.seesNothingLeft();
        witness.findsNoOriginal();
        tell("away", begun);
    }

    /** Killed before it is asked whether staging works, while it is, while the names change back, and right after. */
    @Order(2)
    @Test
    void stagingThatDoesNotWorkIsWhatItWasWheneverTheWorkerIsKilled() throws Exception {
        if (!isWanted("smoke")) {
            return;
        }
        long begun = System.nanoTime();
        SyncShop shop = shops.stream()
                .filter(each -> each.name.equals(SyncShop.ASKED))
                .findFirst()
                .orElseThrow();
        rig.staging.sql("postgres", "CREATE DATABASE " + SyncShop.DOES_NOT_WORK);
        HeldSync sync = new HeldSync(rig, shop, "smoke", AFTER);
        try {
            sync.await(AFTER);
            sync.approach(AFTER);
            rig.worker.kill();
            sync.hold(SMOKE);
            rig.worker.start();
            sync.await(SMOKE);
            rig.worker.kill();
            sync.hold(BACK);
            rig.worker.start();
            sync.awaitEndOfWhatWaited(SMOKE);
            sync.release(SMOKE);
            sync.await(BACK);
            rig.worker.kill();
            rig.worker.start();
            sync.awaitEndOfWhatWaited(BACK);
            sync.await(BACK);
            sync.letTheNamesChangeBack();
            rig.worker.kill();
            rig.worker.start();
        } finally {
            sync.releaseAll();
            rig.staging.sql("postgres", "DROP DATABASE " + SyncShop.DOES_NOT_WORK);
        }
        sync.endsAsBefore();
        sync.tellsItsEndOnce();
        witness.seesNothingLeft();
        witness.findsNoOriginal();
        tell("smoke", begun);
    }

    private static void tell(String what, long begun) {
        System.out.printf(Locale.ROOT, "fault: %5.1f s  staging sync %s%n", (System.nanoTime() - begun) / 1e9, what);
    }

    /** A search that finds nothing proves nothing unless it finds what is there. */
    @Order(3)
    @Test
    void theSearchFindsWhatIsPlantedAndAColumnThatIsKept() throws Exception {
        if (!isWanted("search")) {
            return;
        }
        witness.plant();
        assertThat(witness.originals()).isEqualTo(witness.planted());

        SyncShop.classify(
                rig,
                shops.getFirst().name,
                "full_name: {type: text, mask: name}",
                "full_name: {type: text, keep: a test}");
        HeldSync kept = new HeldSync(rig, shops.getFirst(), "kept", APPROVAL);
        kept.endsAsTheCopy();
        TreeSet<String> names = new TreeSet<>(witness.planted());
        IntStream.range(0, Originals.PEOPLE)
                .mapToObj(Originals::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .forEach(names::add);
        Eventually.holds(
                Duration.ofSeconds(20),
                "all names are found",
                () -> witness.originals().equals(names));
    }
}
