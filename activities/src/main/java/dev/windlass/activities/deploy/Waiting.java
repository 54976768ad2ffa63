package dev.windlass.activities.deploy;

import java.time.Duration;

/** Lets time pass, beating, so that a cancelled step ends here. */
@FunctionalInterface
interface Waiting {
    void pause(Duration time, String phase, String detail);
}
