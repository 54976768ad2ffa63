package dev.windlass.starter;

import dev.windlass.starter.door.Door;
import dev.windlass.starter.runs.TemporalConnection;
import dev.windlass.starter.terminal.Terminal;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.kernel.PayloadJson;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Run by the build under {@code -XX:ArchiveClassesAtExit}: goes the ways that commands go, so that Java archives the classes
 * they need. The server it talks to knows no method, which is enough to load all of the client.
 */
public final class ArchiveTraining {
    private ArchiveTraining() {}

    /** @param arguments the file that is told which JDK the archive fits */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()
                .start();
        String address = "127.0.0.1:" + server.getPort();
        run("--help");
        run("backup", "run", "--help");
        run("help", "exit-codes");
        run("version");
        run("check", "no-such-file.yml");
        run("backup", "list", "--temporal-address", address);
        run("backup", "run", "--temporal-address", address);
        run("plan", "backup", "--temporal-address", address);
        run("runs", "--temporal-address", address);
        run("schedules", "--temporal-address", address);
        readPayload();
        server.shutdownNow();
        Files.writeString(Path.of(arguments[0]), System.getProperty("java.home") + "\n");
        System.exit(0);
    }

    private static void run(String... arguments) {
        Clock clock = Clock.systemUTC();
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Door door = new Door(
                nowhere,
                nowhere,
                clock,
                Terminal.LOG,
                Map.of(),
                Path.of(""),
                "build",
                (options, files) -> TemporalConnection.open(options.wish(), Map.of(), files::temporal, clock),
                new RealPatience(),
                new CtrlC());
        CommandTree.of(door, arguments).execute(arguments);
    }

    private static void readPayload() {
        var converter = PayloadJson.dataConverter();
        var payloads = converter.toPayloads(new Catalogue(List.of()));
        converter.fromPayloads(0, Optional.of(payloads.orElseThrow()), Catalogue.class, Catalogue.class);
    }
}
