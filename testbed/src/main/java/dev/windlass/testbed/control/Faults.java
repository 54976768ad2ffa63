package dev.windlass.testbed.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** The faults a test has ordered, matched against "METHOD /path?query". */
public final class Faults {
    /** @param times how often it strikes; 0 means until the faults are deleted */
    public record Fault(Pattern match, int times, Action action) {
        public Fault {
            if (times < 0) {
                throw new IllegalArgumentException("times " + times + " is negative");
            }
        }
    }

    private final List<Fault> active = new ArrayList<>();
    private CountDownLatch cleared = new CountDownLatch(1);

    public synchronized void add(Fault fault) {
        active.add(fault);
    }

    public synchronized void clear() {
        active.clear();
        cleared.countDown();
        cleared = new CountDownLatch(1);
    }

    public synchronized List<Fault> active() {
        return List.copyOf(active);
    }

    /** The first fault that matches, used up by one. */
    public synchronized Optional<Action> take(String line) {
        for (int i = 0; i < active.size(); i++) {
            Fault fault = active.get(i);
            if (fault.match().matcher(line).find()) {
                if (fault.times() == 1) {
                    active.remove(i);
                } else if (fault.times() > 1) {
                    active.set(i, new Fault(fault.match(), fault.times() - 1, fault.action()));
                }
                return Optional.of(fault.action());
            }
        }
        return Optional.empty();
    }

    /** Blocks a hanging request until {@link #clear}. */
    public void awaitClear() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = cleared;
        }
        latch.await();
    }
}
