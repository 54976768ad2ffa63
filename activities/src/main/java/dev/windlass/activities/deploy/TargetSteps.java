package dev.windlass.activities.deploy;

import dev.windlass.workflows.deploy.HealthReport;

/** The steps of a deploy, for one kind of target and one order. Each is safe to run twice and says how. */
interface TargetSteps {
    void prepare();

    void start();

    HealthReport checkHealth();

    void switchTraffic();

    String drain();

    HealthReport watch();

    void retire();

    /** Of the step that was ordered. */
    void undo();

    HealthReport checkServing();
}
