package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/**
 * What is done on the machine that is recovered, but for its servers; on the queue {@link
 * dev.windlass.workflows.kernel.TaskQueues#RECOVERY_TARGET}. Each is safe to run twice; how stands at its implementation.
 */
@ActivityInterface
public interface VpsPlaceActivities {
    /** Answers as soon as the machine's worker is there. */
    @ActivityMethod(name = "ArriveOnTarget")
    void arrive();

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: a database lives there; DISK_FULL: it is too small */
    @ActivityMethod(name = "LookAtTarget")
    TargetSeen look(PlaceOrder order);

    /** @throws io.temporal.failure.ApplicationFailure ARTEFACT_DAMAGED: a file is not what the manifest says */
    @ActivityMethod(name = "FetchSet")
    FetchedSet fetch(PlaceOrder order);

    @ActivityMethod(name = "InstallPackages")
    void install(PlaceOrder order);

    /** @return the apps of the lost machine that its set knows, each with the command that deploys what served there */
    @ActivityMethod(name = "ReadLostApps")
    List<LeftToDo> readApps(PlaceOrder order);

    /** Files of an archive, at the places that they had. */
    @ActivityMethod(name = "PlaceFiles")
    PlacedFiles place(PlaceOrder order);
}
