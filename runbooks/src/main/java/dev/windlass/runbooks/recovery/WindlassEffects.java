package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Windlass out of the kit, on the machine that was recovered. */
public record WindlassEffects(WindlassOfSet lost) {
    /** Where the kit was unpacked; its parts have names that only the launcher gives them. */
    public static final String KITS = SshCommands.PLACE;

    private static final String HOME = "/opt/windlass";
    private static final String CURRENT = HOME + "/recovered";
    private static final String NEXT = CURRENT + ".next";
    private static final String UNITS = "/etc/systemd/system/";
    private static final String TEMPORAL = "windlass-temporal.service";
    private static final String WORKER = "windlass-worker.service";

    /** The variables that ops.yml's env: references name. */
    static final String ENVIRONMENT = "/etc/windlass/worker.env";

    private static final String READY = "http://127.0.0.1:8266/actuator/health/readiness";

    List<Effect> install() {
        List<Effect> effects = new ArrayList<>(List.of(
                VpsCommands.changes("install", "-d", "-m", "0755", "--", HOME),
                VpsCommands.remove(NEXT),
                VpsCommands.changes("cp", "-a", "--", KITS + "/{" + SshCommands.KIT + "}", NEXT),
                VpsCommands.changes(
                        "cp", "-a", "--", KITS + "/{" + SshCommands.SERVER + "}/temporal", NEXT + "/temporal"),
                VpsCommands.remove(CURRENT),
                VpsCommands.changes("mv", "--no-target-directory", "--", NEXT, CURRENT),
                VpsCommands.write(UNITS + TEMPORAL, temporalUnit()),
                VpsCommands.write(UNITS + WORKER, workerUnit()),
                VpsCommands.changes("systemctl", "daemon-reload"),
                VpsCommands.changes("systemctl", "--quiet", "enable", TEMPORAL),
                VpsCommands.changes("systemctl", "restart", TEMPORAL)));
        effects.add(VpsCommands.reads(
                CURRENT + "/temporal",
                "operator",
                "namespace",
                "describe",
                "--namespace",
                lost.namespace(),
                "--address",
                address(),
                "--disable-config-env",
                "--disable-config-file"));
        return effects;
    }

    List<Effect> start() {
        List<Effect> effects = new ArrayList<>();
        lost.secrets()
                .forEach(secret -> effects.add(secret.file()
                        .map(file -> VpsCommands.reads("test", "-r", file))
                        .orElseGet(() -> VpsCommands.reads(
                                "grep",
                                "--quiet",
                                "--",
                                "^" + secret.value().substring("env:".length()) + "=",
                                ENVIRONMENT))));
        effects.add(VpsCommands.changes("systemctl", "--quiet", "enable", WORKER));
        effects.add(VpsCommands.changes("systemctl", "restart", WORKER));
        effects.add(new HttpCall(Access.READS, "GET", READY, Optional.empty(), Optional.empty()));
        return effects;
    }

    private String address() {
        return "127.0.0.1:" + lost.port();
    }

    private String temporalUnit() {
        return """
                # Written by windlass recover vps: the server that led the recovery, on a file. Good for going on at once; for
                # good put the one of docs/install.md in its place.
                [Unit]
                Description=Temporal for Windlass, as recovered
                After=network.target

                [Service]
                Type=exec
                ExecStart=%s/temporal server start-dev --headless --ip 127.0.0.1 --port %d%s \\
                    --db-filename /var/lib/windlass-temporal/runs.db --log-level error
                Environment=HOME=/var/lib/windlass-temporal
                StateDirectory=windlass-temporal
                StateDirectoryMode=0700
                UMask=0077
                Restart=always
                RestartSec=2

                [Install]
                WantedBy=multi-user.target
                """.formatted(CURRENT, lost.port(), namespace());
    }

    /** It makes the one that is called default by itself. */
    private String namespace() {
        return lost.namespace().equals("default") ? "" : " --namespace " + lost.namespace();
    }

    private String workerUnit() {
        return """
                # Written by windlass recover vps. The reasons stand in the unit that docs/install.md copies here.
                [Unit]
                Description=Windlass worker: durable runbooks
                After=network-online.target postgresql.service %1$s
                Wants=network-online.target

                [Service]
                Type=exec
                Environment="WINDLASS_OPS_FILE=%2$s" LC_ALL=C.UTF-8
                EnvironmentFile=-%3$s
                ExecStart=%4$s/jdk/bin/java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \\
                    -Xlog:disable -Xlog:all=error:stderr -jar %4$s/worker.jar
                SuccessExitStatus=143
                RestartPreventExitStatus=2
                Restart=always
                RestartSec=5
                KillMode=mixed
                TimeoutStopSec=60
                MemoryMax=1G
                MemorySwapMax=0
                TasksMax=512
                OOMPolicy=continue
                Nice=5
                UMask=0077
                StateDirectory=windlass
                StateDirectoryMode=0700
                NoNewPrivileges=yes
                ProtectSystem=full
                ProtectHome=read-only
                RestrictSUIDSGID=yes
                RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK

                [Install]
                WantedBy=multi-user.target
                """.formatted(TEMPORAL, lost.opsFile(), ENVIRONMENT, CURRENT);
    }
}
