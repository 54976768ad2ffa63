package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.backup.Catalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupCommandsTest {
    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    @Test
    void listsSetsWithTheNumberOnTheWallOnTop() {
        runs.answers.put("ListBackups", Sample.catalogue());

        assertThat(typed.type("backup", "list")).isZero();

        assertThat(typed.out()).isEqualTo("""
                last proven: 3 h ago (20261124T030000Z-1f3a09bc)
                SET                        STATUS       AGE  DATABASES  TABLES       ROWS     SIZE  STORES    PROVEN
                20261124T050000Z-00c0ffee  incomplete   1 h  -               -          -        -  -         -
                20261124T030000Z-1f3a09bc  proven       3 h  shop           42  1,234,567  98.8 MB  local,r2  3 h ago
                20261123T030000Z-0badc0de  failed      27 h  shop           42  1,234,567  98.8 MB  r2        -
                20261123T030000Z-0badc0de: local: shop-1.dump.zst.age has 98765431 bytes instead of 98765432
                """);
        assertThat(typed.err()).isEmpty();
        assertThat(runs.closed).isTrue();
    }

    @Test
    void saysHowToMakeTheFirstSet() {
        runs.answers.put("ListBackups", new Catalogue(List.of()));

        assertThat(typed.type("backup", "list")).isZero();

        assertThat(typed.out()).isEqualTo("""
                last proven: never
                no backup set in any store
                hint: make one: windlass backup run --wait
                """);
    }

    @Test
    void listsAsJsonForMachines() {
        runs.answers.put(
                "ListBackups", new Catalogue(List.of(Sample.catalogue().sets().get(0))));

        assertThat(typed.type("backup", "list", "--json")).isZero();

        assertThat(typed.out()).isEqualTo("""
                {
                  "sets" : [ {
                    "manifest" : null,
                    "problems" : [ ],
                    "proof" : null,
                    "set" : "20261124T050000Z-00c0ffee",
                    "status" : "INCOMPLETE",
                    "stores" : [ ]
                  } ]
                }
                """);
    }

    @Test
    void showsTheDifferencesOfAFailedProof() {
        runs.answers.put("ListBackups", Sample.catalogue());

        assertThat(typed.type("backup", "show", "20261123T030000Z-0badc0de")).isZero();

        assertThat(typed.out()).isEqualTo("""
                set         20261123T030000Z-0badc0de
                status      failed
                begun       2026-11-23T03:00:00Z (27 h ago)
                stores      r2
                committed   2026-11-23T03:01:00Z
                run         backup-20261124T030000Z
                plan        v1:abababababababababababababababababababababababababababababababab
                size        98.8 MB
                opens with  age1team
                opens with  age1set
                proof       FAILED its proof from r2 at 2026-11-23T03:10:00Z by run restore-test-20261123T040000Z
                problem     local: shop-1.dump.zst.age has 98765431 bytes instead of 98765432

                DATABASE  SERVER  SNAPSHOT              TABLES       ROWS    SIZE
                shop      15.14   2026-11-23T03:00:02Z      42  1,234,567  312 MB

                FILE                                                   KIND      STORED    PLAIN  SHA-256
                sets/20261123T030000Z-0badc0de/shop-1.globals.zst.age  globals    900 B  2.70 kB  HASH
                sets/20261123T030000Z-0badc0de/shop-1.dump.zst.age     dump     98.8 MB   296 MB  HASH
                sets/20261123T030000Z-0badc0de/shop-1.facts.zst.age    facts    12.3 kB  36.9 kB  HASH

                DATABASE  TABLES       ROWS  COMPARED      RESTORED IN  COMPARED IN
                shop          42  1,234,566  1 difference         48 s          9 s
                  shop: app.users: expected 1200 rows, found 1199 rows
                """.replace("HASH", "5e".repeat(32)));
    }

    @Test
    void knowsASetThatIsNowhere() {
        runs.answers.put("ListBackups", Sample.catalogue());

        assertThat(typed.type("backup", "show", "20260101T000000Z-00000000")).isEqualTo(4);

        assertThat(typed.err()).isEqualTo("""
                error: no backup set 20260101T000000Z-00000000 in any store
                hint: list those there are: windlass backup list
                see: windlass help exit-codes
                """);
    }

    @Test
    void startsARunAndTellsHowToFollowIt() {
        assertThat(typed.type("backup", "run", "--database", "shop,blog")).isZero();

        assertThat(runs.calls)
                .containsExactly(
                        "start Backup BackupRequest[databases=[shop, blog], requestedBy=ana] (backup of shop, blog,"
                                + " by hand)");
        assertThat(typed.out()).isEqualTo("""
                started backup-20261124T061000Z
                follow it: windlass run wait backup-20261124T061000Z
                """);
    }

    @Test
    void warnsWhenNoWorkerWouldTakeTheRun() {
        runs.polled = false;

        assertThat(typed.type("backup", "prune")).isZero();

        assertThat(typed.err()).isEqualTo("""
                warning: no worker asks for work on queue windlass of 127.0.0.1:7233; the run waits in the server until one does
                hint: start the worker on the server, or look into its log: journalctl -u windlass-worker -n 50
                """);
    }

    @Test
    void doesNotHangWhenNoWorkerAnswersAQuestion() {
        runs.polled = false;

        assertThat(typed.type("backup", "list")).isEqualTo(6);

        assertThat(runs.calls).containsExactly("ask ListBackups []", "cancel ask");
        assertThat(typed.err()).isEqualTo("""
                warning: no worker asks for work on queue windlass-planning of 127.0.0.1:7233; waiting 10 s for one
                hint: start the worker on the server, or look into its log: journalctl -u windlass-worker -n 50
                error: no answer from a worker on queue windlass-planning of 127.0.0.1:7233 within 10 s
                hint: start the worker on the server, or look into its log: journalctl -u windlass-worker -n 50
                see: windlass help connection
                """);
    }

    @Test
    void asksForARestoreExactlyAsTyped() {
        assertThat(typed.type(
                        "backup",
                        "restore",
                        Sample.SET.value(),
                        "--into",
                        "shop_yesterday",
                        "--from",
                        "r2",
                        "--identity",
                        "file:/root/team.age"))
                .isZero();

        assertThat(runs.calls)
                .containsExactly("start Restore RestoreRequest[set=20261124T030000Z-1f3a09bc, database=Optional.empty,"
                        + " into=shop_yesterday, source=Optional[r2], identity=Optional[file:/root/team.age],"
                        + " requestedBy=ana] (restore of set 20261124T030000Z-1f3a09bc into shop_yesterday)");
    }

    @Test
    void verifiesTheNewestProvenSetUnlessToldWhich() {
        assertThat(typed.type("backup", "verify", "--from", "r2")).isZero();

        assertThat(runs.calls)
                .containsExactly("start RestoreTest RestoreTestRequest[set=Optional.empty, source=Optional[r2],"
                        + " identity=Optional.empty, requestedBy=ana] (restore test of the newest proven set from r2, by"
                        + " hand)");
    }

    @Test
    void refusesASecretInPlaceOfAReferenceWithoutRepeatingIt() {
        assertThat(typed.type("backup", "verify", "--identity", "AGE-SECRET-KEY-1X"))
                .isEqualTo(2);

        assertThat(typed.err()).isEqualTo("""
                error: invalid value for option '--identity': a secret is given as env:NAME or file:/absolute/path
                hint: all of it: windlass backup verify --help
                see: windlass help exit-codes
                """);
    }
}
