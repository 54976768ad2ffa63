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
    /** An empty cluster that only root reaches, through its socket. What an attempt before has left of it is dropped. */
    @ActivityMethod(name = "MakeServer")
    void make(PlaceOrder order);

    /** @return what of the roles and tablespaces could not be brought back, a line each */
    @ActivityMethod(name = "RestoreRoles")
    List<String> restoreRoles(PlaceOrder order);

    /** Under its own name, and compared with what was dumped. */
    @ActivityMethod(name = "RestoreOwnDatabase")
    DatabaseProof restoreDatabase(PlaceOrder order);

    /** The server gets the authentication of its distribution, and listens. */
    @ActivityMethod(name = "OpenServer")
    void open(PlaceOrder order);

    /** The snapshot becomes the data of the machine's Redis server. */
    @ActivityMethod(name = "PlaceRedis")
    void placeRedis(PlaceOrder order);
}
