package dev.windlass.testbed.smtp;

import dev.windlass.testbed.control.Control;
import dev.windlass.testbed.control.Faults;
import dev.windlass.testbed.control.Holds;
import dev.windlass.testbed.control.RequestLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes mail and keeps it. */
public final class SmtpSink implements AutoCloseable {
    private final ServerSocket server;
    private final Control control;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Faults faults;
    private final Holds holds;
    private final RequestLog messages;

    private SmtpSink(ServerSocket server, Control control, Faults faults, Holds holds, RequestLog messages) {
        this.server = server;
        this.control = control;
        this.faults = faults;
        this.holds = holds;
        this.messages = messages;
    }

    public static SmtpSink start(Path data, int port, int controlPort) throws IOException {
        var faults = new Faults();
        var holds = new Holds();
        var messages = new RequestLog(data.resolve("messages.jsonl"));
        Control control = Control.start(controlPort, faults, holds, messages, Map.of("/messages", messages::lines));
        var server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        var sink = new SmtpSink(server, control, faults, holds, messages);
        sink.threads.execute(sink::accept);
        return sink;
    }

    public int port() {
        return server.getLocalPort();
    }

    public String controlUrl() {
        return control.url();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // Closed by close(), which ends the loop.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new SmtpSession(socket, faults, holds, messages, Clock.systemUTC()).run();
        } catch (IOException e) {
            // The client is gone; what it completed is recorded.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        control.close();
        server.close();
        threads.shutdownNow();
    }
}
