package dev.windlass.workflows.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands in the histories of runs that began before the cluster could come back. */
class EarlierRunsTest {
    private static final RecoverVpsRequest REQUEST = new RecoverVpsRequest(
            new TargetMachine("198.51.100.7", 22, "root"),
            new RecoveryBucket("https://r2.example.com", "auto", "backups", "", Authority.PUBLIC),
            Optional.empty(),
            new BrokenGlass("ana", "the disk is gone"),
            Duration.ofHours(1),
            Claiming.IF_FREE);

    private static <T> T without(T value, Class<T> type, String... names) throws JsonProcessingException {
        ObjectNode json = PayloadJson.mapper().valueToTree(value);
        assertThat(json.fieldNames()).toIterable().contains(names);
        return PayloadJson.mapper().treeToValue(json.remove(List.of(names)), type);
    }

    @Test
    void aRequestIsTheSameWords() throws JsonProcessingException {
        assertThat(without(REQUEST, RecoverVpsRequest.class, "from", "to", "purpose"))
                .isEqualTo(REQUEST);
    }

    @Test
    void aPlanHasNoNotesAndNoCluster() throws JsonProcessingException {
        RecoverVpsPlan plan = new FakeMachine().new Lead()
                .plan(new RecoverVpsPlanOrder(REQUEST, FakeMachine.NEWEST, DatabasesFrom.SET));

        assertThat(without(plan, RecoverVpsPlan.class, "cluster", "notes")).isEqualTo(plan);
    }

    @Test
    void anOrderToPlanIsForTheClusterFirst() throws JsonProcessingException {
        RecoverVpsPlanOrder order = new RecoverVpsPlanOrder(REQUEST, FakeMachine.NEWEST, DatabasesFrom.CLUSTER_FIRST);

        assertThat(without(order, RecoverVpsPlanOrder.class, "from")).isEqualTo(order);
    }
}
