package dev.windlass.worker;

import java.lang.management.ManagementFactory;

final class ProcessAge {
    private ProcessAge() {}

    static String seconds() {
        return String.format(
                java.util.Locale.ROOT,
                "%.1f",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    }
}
