package dev.windlass.starter;

import dev.windlass.starter.door.Door;

/** The JVM runs its shutdown hooks on SIGINT, then exits with 128 + 2 by itself. */
final class CtrlC implements Door.Interruption {
    @Override
    public Registration onInterrupt(Runnable saying) {
        Thread hook = new Thread(saying, "ctrl-c");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyGoingDown) {
                // Then the hook is saying it.
            }
        };
    }
}
