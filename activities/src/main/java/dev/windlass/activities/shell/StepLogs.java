package dev.windlass.activities.shell;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Effect.Command;
import java.util.Collection;

/** Where the output of commands is kept, for people; it never goes into a run's history. */
public interface StepLogs {
    StepLog NOWHERE = new StepLog() {
        @Override
        public void write(Stream stream, byte[] bytes, int offset, int length) {}

        @Override
        public void close(String ending) {}
    };

    /** The log of one command, from now on. */
    StepLog open(StepContext context, Command command, Collection<String> secrets);

    static StepLogs none() {
        return (context, command, secrets) -> NOWHERE;
    }

    /** Which of the two a program writes to: their lines do not mix. */
    enum Stream {
        OUTPUT,
        ERROR
    }

    /** Losing a line of output never fails a command: what cannot be written is left out. */
    interface StepLog {
        void write(Stream stream, byte[] bytes, int offset, int length);

        /** @param ending how the command ended, in words */
        void close(String ending);
    }
}
