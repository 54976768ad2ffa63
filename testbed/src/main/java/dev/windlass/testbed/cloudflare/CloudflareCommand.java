package dev.windlass.testbed.cloudflare;

import dev.windlass.testbed.Options;
import dev.windlass.testbed.control.Ready;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code testbed cloudflare …}. */
public final class CloudflareCommand {
    /** A token has 40 characters and more. */
    public static final String TOKEN = "cloudflare-testbed-token-0123456789abcdef";

    public static final String HELP = """
            cloudflare: one zone of Cloudflare; clients use the printed address + /client/v4, dns HOST:PORT is its name server
              --data DIR               records and request log; survives kill -9 (required)
              --port N, --control-port N, --ready-file FILE   as for r2; plain HTTP
              --dns-port N             of the name server, UDP and TCP (default 0: any)
              --edge ADDRESS:PORT      where proxied names lead; it asks the record's machine at the same port (default: none)
              --zone NAME              default example.com
              --zone-status STATUS     default active
              --token-status STATUS    default active; disabled and expired are others
              --permission NAME        of the token: zone:read, dns:read, dns:edit; may be given again (default zone:read, dns:edit)
              --record 'TYPE NAME CONTENT proxied|auto|TTL'   one record at first; may be given again
              --limit N, --window-seconds N   requests in that time, then 429 (default 1200 in 300)
              The token comes from TESTBED_CLOUDFLARE_TOKEN (default cloudflare-testbed-token-0123456789abcdef).
              GET on the control port: /records.
            """;
    private static final Set<String> OPTIONS = Set.of(
            "data",
            "port",
            "control-port",
            "ready-file",
            "dns-port",
            "edge",
            "zone",
            "zone-status",
            "token-status",
            "permission",
            "record",
            "limit",
            "window-seconds");

    private CloudflareCommand() {}

    public static void run(List<String> arguments) throws IOException {
        Options options = Options.parse(arguments, OPTIONS);
        List<String> permissions = options.all("permission");
        CloudflareDouble.Started cloudflare = CloudflareDouble.start(new CloudflareDouble.Settings(
                options.required("data"),
                options.port("port"),
                options.port("control-port"),
                options.port("dns-port"),
                options.one("edge"),
                System.getenv().getOrDefault("TESTBED_CLOUDFLARE_TOKEN", TOKEN),
                options.one("token-status").orElse("active"),
                permissions.isEmpty() ? Set.of("zone:read", "dns:edit") : Set.copyOf(permissions),
                options.one("zone").orElse("example.com"),
                options.one("zone-status").orElse("active"),
                options.all("record"),
                options.number("limit", 1200),
                Duration.ofSeconds(options.number("window-seconds", 300))));
        Ready.announce(
                Map.of(
                        "cloudflare",
                        cloudflare.api().url(),
                        "control",
                        cloudflare.api().controlUrl(),
                        "dns",
                        "127.0.0.1:" + cloudflare.dnsPort()),
                options.path("ready-file"));
    }
}
