package dev.windlass.testbed.r2;

import dev.windlass.testbed.Options;
import dev.windlass.testbed.control.Ready;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code testbed r2 …}: the double as a process of its own. */
public final class R2Command {
    public static final String HELP = """
            r2: an S3 server that refuses what Cloudflare R2 refuses, over TLS on 127.0.0.1
              --data DIR          objects, half uploads, certificate and request log; survives kill -9 (required)
              --port N            TLS port (default 0: any free one)
              --address IP        one more address of this machine to be reached at, also one that is yet to come: then
                                  the double listens on all of them; may be repeated
              --control-port N    plain HTTP port for tests (default 0)
              --bucket NAME       created when missing; may be repeated
              --access-key ID     default windlass-testbed; the secret comes from TESTBED_SECRET_KEY,
                                  default windlass-testbed-secret
              --lock RULE         PREFIX=SECONDS or PREFIX=indefinite; may be repeated
              --keystore FILE     PKCS#12, password from TESTBED_KEYSTORE_PASSWORD (default DIR/tls/keystore.p12, made)
              --ca-file FILE      the certificate to trust is written there as PEM
              --ready-file FILE   the ready line is written there as well
            """;
    private static final Set<String> OPTIONS = Set.of(
            "data",
            "port",
            "address",
            "control-port",
            "bucket",
            "access-key",
            "lock",
            "keystore",
            "ca-file",
            "ready-file");

    private R2Command() {}

    public static void run(List<String> arguments) throws Exception {
        Options options = Options.parse(arguments, OPTIONS);
        Path data = options.required("data");
        R2Double r2 = R2Double.start(new R2Double.Settings(
                data,
                options.port("port"),
                options.port("control-port"),
                options.all("bucket"),
                options.one("access-key").orElse("windlass-testbed"),
                System.getenv().getOrDefault("TESTBED_SECRET_KEY", "windlass-testbed-secret"),
                options.all("lock"),
                options.path("keystore"),
                options.all("address")));
        Map<String, Object> ready = new LinkedHashMap<>();
        ready.put("r2", r2.url());
        ready.put("control", r2.controlUrl());
        if (options.path("ca-file").isPresent()) {
            Path ca = options.path("ca-file").get();
            Files.writeString(ca, r2.certificate());
            ready.put("ca", ca.toAbsolutePath().toString());
        }
        Ready.announce(ready, options.path("ready-file"));
    }
}
