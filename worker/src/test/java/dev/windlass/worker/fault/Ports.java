package dev.windlass.worker.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that come back at the same address: below the range that the kernel hands out to clients, so that no
 * outgoing connection takes one while its server is dead. Test classes that run side by side have a range each.
 */
final class Ports {
    private static final int EACH = 4_000;
    private static final int LOWEST = 15_000 + EACH * (Integer.getInteger("windlass.fork", 1) - 1);
    private static final int HIGHEST = LOWEST + EACH;

    /** Many of them are bound much later. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    static int free() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(port)) {
                    return socket.getLocalPort();
                }
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
    }
}
