package dev.windlass.runbooks.protect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Cluster.Amcheck;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.protect.ProtectSteps;
import dev.windlass.workflows.protect.StructureCheckRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanOfStructureCheckTest {
    private static final Cluster CLUSTER = ProtectPageSample.cluster();
    private static final Database SHOP = PageSample.operations().database(CLUSTER.database());

    @Test
    void looksIntoOneDatabaseAfterTheOtherAndChangesNothing() {
        List<Command> commands = commands(CLUSTER);

        assertThat(commands).allSatisfy(command -> {
            assertThat(command.access()).isEqualTo(Access.READS);
            assertThat(command.environment()).containsEntry("PGOPTIONS", "-c lc_messages=C");
        });
        assertThat(commands)
                .extracting(command -> command.argv().getLast())
                .containsExactly(
                        "host='127.0.0.1' port=5432 user='" + SHOP.user() + "' dbname='crm'",
                        "host='127.0.0.1' port=5432 user='" + SHOP.user() + "' dbname='it\\'s'");
        assertThat(commands.getFirst().argv()).startsWith("/tools/pg_amcheck", "--no-password", "--");
    }

    @Test
    void asksOnRequestWhetherEveryRowStandsInEachIndexAndNeverKeepsAnybodyFromWriting() {
        Cluster deep = new Cluster(
                CLUSTER.name(),
                CLUSTER.environment(),
                CLUSTER.database(),
                CLUSTER.user(),
                CLUSTER.password(),
                CLUSTER.dataDirectory(),
                CLUSTER.owner(),
                CLUSTER.socket(),
                CLUSTER.stanza(),
                CLUSTER.store(),
                CLUSTER.passphrase(),
                CLUSTER.configuration(),
                CLUSTER.archiveTimeout(),
                CLUSTER.full(),
                CLUSTER.differential(),
                CLUSTER.watch(),
                CLUSTER.keepFulls(),
                CLUSTER.limits(),
                CLUSTER.restart(),
                new Amcheck(Amcheck.Depth.HEAP_ALL_INDEXED, CLUSTER.amcheck().schedule()),
                CLUSTER.drill());

        assertThat(commands(deep))
                .allSatisfy(command -> assertThat(command.argv())
                        .contains("--heapallindexed")
                        .doesNotContain("--parent-check", "--rootdescend"));
    }

    private static List<Command> commands(Cluster cluster) {
        return new PlanOfStructureCheck(cluster, SHOP, "/tools")
                .plan(new StructureCheckRequest(cluster.name(), "test"), List.of("crm", "it's"))
                .step(ProtectSteps.STRUCTURE)
                .commands();
    }
}
