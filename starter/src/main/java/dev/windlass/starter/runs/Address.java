package dev.windlass.starter.runs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** host:port of a Temporal frontend. */
public record Address(String host, int port) {
    /** A server of ours answers a connection in milliseconds; one that is switched off never does. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public static Address of(String text) {
        String bare = text.replaceFirst("^https?://", "").replaceFirst("/$", "");
        int colon = bare.lastIndexOf(':');
        try {
            int port = Integer.parseInt(bare.substring(colon + 1));
            if (colon > 0 && port > 0 && port < 65536) {
                return new Address(bare.substring(0, colon), port);
            }
        } catch (NumberFormatException notAPort) {
            // Told below.
        }
        throw new Complaint(
                "Temporal address \"" + text + "\" is not HOST:PORT",
                "write it like 127.0.0.1:7233",
                "windlass help connection",
                ExitCode.USAGE);
    }

    /** A refused connection is told at once this way; gRPC would try again for as long as its deadline. */
    void requireListening() {
        try (Socket socket = new Socket()) {
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            InetSocketAddress target = new InetSocketAddress(bare, port);
            if (target.isUnresolved()) {
                throw new ServerLostException(toString(), "no host of that name");
            }
            socket.connect(target, (int) PATIENCE.toMillis());
        } catch (IOException refused) {
            throw new ServerLostException(
                    toString(), String.valueOf(refused.getMessage()).toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
