package dev.windlass.testbed.control;

import java.util.Optional;
import java.util.regex.Pattern;

/** Stops matching requests at the door until they are released, so that a test can kill something at that very moment. */
public final class Holds {
    private Optional<Pattern> pattern = Optional.empty();
    private int held;

    public synchronized void hold(Pattern match) {
        pattern = Optional.of(match);
    }

    public synchronized void release() {
        pattern = Optional.empty();
        notifyAll();
    }

    public synchronized int held() {
        return held;
    }

    public synchronized void await(String line) throws InterruptedException {
        while (pattern.isPresent() && pattern.get().matcher(line).find()) {
            held++;
            try {
                wait();
            } finally {
                held--;
            }
        }
    }
}
