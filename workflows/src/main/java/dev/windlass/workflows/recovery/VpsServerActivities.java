package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.DatabaseProof;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/**
 * The servers of the machine that is recovered; on the queue {@link
 * dev.windlass.workflows.kernel.TaskQueues#RECOVERY_TARGET}. Each is safe to run twice; how stands at its implementation.
 */
@ActivityInterface
public interface VpsServerActivities {
    /** A cluster that only root reaches, through its socket: empty, or without files where pgBackRest brings them. What an attempt before has left of it is dropped. */
    @ActivityMethod(name = "MakeServer")
    void make(PlaceOrder order);

    /** @return what of the roles and tablespaces could not be brought back, a line each */
    @ActivityMethod(name = "RestoreRoles")
    List<String> restoreRoles(PlaceOrder order);

    /** Under its own name, and compared with what was dumped. */
    @ActivityMethod(name = "RestoreOwnDatabase")
    DatabaseProof restoreDatabase(PlaceOrder order);

    /**
     * Prepares pgBackRest, and asks what lies in the repository.
     *
     * @throws io.temporal.failure.ApplicationFailure NOT_FOUND: no backup leads to the moment; WRONG_IDENTITY: the passphrase
     *     does not open it; DISK_FULL
     */
    @ActivityMethod(name = "LookIntoRepository")
    RepositorySeen lookIntoRepository(PlaceOrder order);

    /** The cluster of the lost machine as it was, up to the moment; its server then runs, and only root reaches it. */
    @ActivityMethod(name = "ReplayCluster")
    ReplayedCluster replay(PlaceOrder order);

    /** Every row of one database of it. */
    @ActivityMethod(name = "ReadOwnDatabase")
    ReadDatabase readDatabase(PlaceOrder order);

    /** The server gets the authentication of its distribution, and listens. */
    @ActivityMethod(name = "OpenServer")
    void open(PlaceOrder order);

    /** The snapshot becomes the data of the machine's Redis server. */
    @ActivityMethod(name = "PlaceRedis")
    void placeRedis(PlaceOrder order);
}
