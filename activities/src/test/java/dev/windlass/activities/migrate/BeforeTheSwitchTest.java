package dev.windlass.activities.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Phase;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BeforeTheSwitchTest {
    private static final Migration ADD = migration("0001_add", Phase.EXPAND);
    private static final Migration FILL = migration("0002_fill", Phase.EXPAND);
    private static final Migration DROP = migration("0003_drop", Phase.CONTRACT);
    private static final Migration DROP_MORE = migration("0004_drop_more", Phase.CONTRACT);
    private static final Migration PLAIN = migration("0005_plain", Phase.UNMARKED);

    private static Migration migration(String name, Phase phase) {
        return new Migration(name, "sha256:" + "a".repeat(64), Wrapping.ONE_TRANSACTION, "", phase);
    }

    private static String refusal(Tool tool, Migration... pending) {
        try {
            BeforeTheSwitch.of(tool, List.of(pending));
        } catch (RuntimeException refused) {
            return Failure.in(refused).orElseThrow().message();
        }
        throw new AssertionError("nothing was refused");
    }

    @Test
    void expandComesFirstAndContractWaits() {
        assertThat(BeforeTheSwitch.of(Tool.SQL, List.of(ADD, FILL, DROP, DROP_MORE)))
                .isEqualTo(new BeforeTheSwitch(List.of(ADD, FILL), List.of(DROP, DROP_MORE)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAllOfOneKindSuitsEveryTool(Tool tool) {
        assertThat(BeforeTheSwitch.of(tool, List.of())).isEqualTo(new BeforeTheSwitch(List.of(), List.of()));
        assertThat(BeforeTheSwitch.of(tool, List.of(ADD, FILL)))
                .isEqualTo(new BeforeTheSwitch(List.of(ADD, FILL), List.of()));
        assertThat(BeforeTheSwitch.of(tool, List.of(DROP, DROP_MORE)))
                .isEqualTo(new BeforeTheSwitch(List.of(), List.of(DROP, DROP_MORE)));
    }

    @Test
    void whatNobodyMarkedIsRefusedWhereverItStands() {
        assertThat(refusal(Tool.SQL, ADD, DROP, PLAIN))
                .isEqualTo(
                        "nobody says whether the code that serves runs on with 0005_plain, so a deploy does not apply"
                                + " that\nhint: mark it in its first line, -- windlass: expand or -- windlass: contract, or migrate"
                                + " by a run of its own and deploy without --migrate\n"
                                + "see: runbooks/migrate.md#expand-and-contract");
    }

    @Test
    void anExpandMigrationBehindAContractOneIsRefused() {
        assertThat(refusal(Tool.SQL, ADD, DROP, FILL))
                .isEqualTo(
                        "expand migration 0002_fill follows contract migration 0003_drop, which has to wait until the"
                                + " new version serves\nhint: give the expand one the lower number, or contract first: windlass"
                                + " migrate by itself\nsee: runbooks/migrate.md#expand-and-contract");
    }

    @Test
    void aToolThatAppliesAllAtOnceCannotStopBetween() {
        assertThat(refusal(Tool.PRISMA, ADD, DROP))
                .startsWith("prisma applies all that is pending at once, and contract migration 0003_drop has to wait");
    }
}
