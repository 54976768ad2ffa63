package dev.windlass.worker.testing;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.client.ActivityCompletionException;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** A step that runs a program for ever, and the run around it. */
public final class SlowWorker {
    private SlowWorker() {}

    @WorkflowInterface
    public interface SlowWorkflow {
        @WorkflowMethod(name = "Slow")
        void run();
    }

    @ActivityInterface
    public interface SlowActivities {
        @ActivityMethod(name = "SleepForEver")
        void sleepForEver();
    }

    /** Tells the program's pid by heartbeat, and ends the program when a heartbeat is refused. */
    public static final class SlowActivitiesImpl implements SlowActivities {
        @Override
        public void sleepForEver() {
            Process program = start();
            try {
                while (!program.waitFor(200, TimeUnit.MILLISECONDS)) {
                    Activity.getExecutionContext().heartbeat(program.pid());
                }
            } catch (ActivityCompletionException stopped) {
                program.destroyForcibly();
                throw stopped;
            } catch (InterruptedException stopped) {
                program.destroyForcibly();
                throw Activity.wrap(stopped);
            }
        }

        private static Process start() {
            try {
                return new ProcessBuilder("sleep", "600").start();
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }
    }
}
