package dev.windlass.testbed.control;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A double over plain HTTP on loopback, with its control port. */
public final class PlainDouble implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final Control control;
    private final List<Runnable> alsoClosed = new ArrayList<>();

    private PlainDouble(HttpServer server, ExecutorService threads, Control control) {
        this.server = server;
        this.threads = threads;
        this.control = control;
    }

    /** @param data directory that keeps the witness's requests.jsonl */
    public static PlainDouble start(
            int port, int controlPort, Path data, Door.Service service, Map<String, Control.Page> pages)
            throws IOException {
        Transport.prepare();
        var faults = new Faults();
        var holds = new Holds();
        var log = new RequestLog(data.resolve("requests.jsonl"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", new Door(service, faults, holds, log, Clock.systemUTC()));
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        Control control = Control.start(controlPort, faults, holds, log, pages);
        server.start();
        return new PlainDouble(server, threads, control);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String controlUrl() {
        return control.url();
    }

    /** For a double that listens elsewhere too. */
    public PlainDouble alsoClosing(Runnable more) {
        alsoClosed.add(more);
        return this;
    }

    @Override
    public void close() {
        alsoClosed.forEach(Runnable::run);
        control.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
