package dev.windlass.workflows.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that come back at the same address: below the range that the kernel hands out to clients, so that no
 * outgoing connection takes one while its server is down. Test JVMs that run side by side have a range each, which is taken as
 * long as somebody listens at its first port.
 */
public final class Ports {
    private static final int LOWEST = 15_000;
    private static final int RANGES = 16;
    private static final int EACH = 1_000;

    private static final ServerSocket FIRST = takeARange();

    /** Many of them are bound much later. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    public static int free() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = FIRST.getLocalPort() + ThreadLocalRandom.current().nextInt(1, EACH);
            try (ServerSocket socket = listen(port)) {
                if (GIVEN.add(port)) {
                    return socket.getLocalPort();
                }
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new IllegalStateException("no free port from " + FIRST.getLocalPort() + " on");
    }

    /** Which of the JVMs that run side by side this is, from 0 on. */
    public static int range() {
        return (FIRST.getLocalPort() - LOWEST) / EACH;
    }

    private static ServerSocket takeARange() {
        for (int range = 0; range < RANGES; range++) {
            try {
                return listen(LOWEST + range * EACH);
            } catch (IOException taken) {
                // Another JVM's.
            }
        }
        throw new IllegalStateException(RANGES + " test JVMs run on this machine already");
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
