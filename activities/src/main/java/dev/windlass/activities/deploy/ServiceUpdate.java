package dev.windlass.activities.deploy;

/**
 * Gives a service another image. Whether Swarm then runs it is for others to look at, so both return as soon as the
 * update is asked for and nothing can lose it any more.
 */
interface ServiceUpdate {
    /**
     * Safe to run twice: whoever calls it again finds it asked for.
     *
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION when somebody else has changed the service meanwhile
     */
    void update(PinnedImage image);

    /** Back to the image before; safe to run twice, harmless when the update never came to pass or Swarm took it back. */
    void undo(PinnedImage before);
}
