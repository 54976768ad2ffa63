package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.runbooks.deploy.SchemaObservation.Marked;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.ReleaseList;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.Migration.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys and rollbacks to a real nginx and a real supervisord, while the schema goes on. */
@Tag("integration")
@Timeout(120)
class SchemaOfReleasesTest {
    private static final Marked INIT = marked("0001_init", Phase.UNMARKED);
    private static final Marked ADDED = marked("0002_add", Phase.EXPAND);
    private static final Marked DROPPED = marked("0003_drop", Phase.CONTRACT);

    private final ShopHost host = new ShopHost();
    private SchemaObservation now = seen(INIT);
    private final DeployByHand deploy = new DeployByHand(host.operations(), (app, environment, context) -> now);

    SchemaOfReleasesTest() throws IOException, InterruptedException {}

    private static Marked marked(String name, Phase phase) {
        return new Marked(new AppliedMigration(name, "sha256:" + "a".repeat(64)), phase);
    }

    private static SchemaObservation seen(Marked... applied) {
        return new SchemaObservation.Seen(List.of(applied), Optional.empty());
    }

    @BeforeEach
    void build() throws IOException, InterruptedException {
        host.build("v1", "ok");
        host.build("v2", "ok");
    }

    @AfterEach
    void tidy() throws IOException, InterruptedException {
        deploy.close();
        host.close();
    }

    @Test
    void aRollbackOverAContractMigrationIsRefusedUnlessItIsAcceptedByName() {
        deploy.deploy("v1");
        now = seen(INIT, ADDED);
        deploy.deploy("v2");

        assertThat(deploy.releases().entries())
                .extracting(ReleaseList.Entry::applied)
                .containsExactly(
                        Optional.of(List.of(INIT.migration(), ADDED.migration())),
                        Optional.of(List.of(INIT.migration())));
        assertThat(deploy.plan("v1").plan().shown().get("schema"))
                .isEqualTo(
                        "WARNING: applied since v1 was deployed: 0002_add (expand); its code should run on with that");

        now = seen(INIT, ADDED, DROPPED);
        assertThat(DeployByHand.message(() -> deploy.plan("v1")))
                .isEqualTo(
                        "the database of shop prod has changed since version v1 was deployed, and its code may not bear"
                                + " that: 0003_drop (contract)\nhint: deploy a version that knows the schema, take those back by a"
                                + " new migration, or name what is meant: --accept schema\nsee: runbooks/deploy.md#schema-ahead");
        assertThat(deploy.plan("v2").before())
                .as("what serves is asked nothing")
                .isPresent();

        DeployPlan accepted = deploy.planAccepting("v1", "schema");
        assertThat(accepted.plan().shown().get("schema")).endsWith("0003_drop (contract); accepted by the request");
        assertThat(accepted.plan().request()).containsEntry("accepted", "schema");
    }

    @Test
    void aReleaseThatNobodyNotedAMigrationForIsWarnedOf() {
        now = new SchemaObservation.Unseen("the database is away");
        deploy.deploy("v1");
        deploy.deploy("v2");
        now = seen(INIT);

        assertThat(deploy.plan("v1").plan().shown().get("schema"))
                .isEqualTo(
                        "WARNING: whether the code bears it is not known: nobody noted which migrations were applied when"
                                + " v1 was deployed");
    }
}
