package dev.windlass.testbed;

import dev.windlass.testbed.cloudflare.CloudflareCommand;
import dev.windlass.testbed.control.Transport;
import dev.windlass.testbed.dokploy.DokployCommand;
import dev.windlass.testbed.r2.R2Command;
import dev.windlass.testbed.slack.SlackCommand;
import dev.windlass.testbed.smtp.SmtpCommand;
import dev.windlass.testbed.webhook.Webhook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Starts one double as a process: {@code TestbedMain r2 --data DIR …}. See README.md for the contract. */
public final class TestbedMain {
    private TestbedMain() {}

    public static void main(String[] arguments) throws Exception {
        Transport.prepare();
        List<String> all = Arrays.asList(arguments);
        if (all.isEmpty() || all.contains("--help")) {
            System.out.print("usage: testbed r2|slack|webhook|smtp|dokploy|cloudflare [--name value …]\n\n"
                    + String.join(
                            "\n",
                            R2Command.HELP,
                            SlackCommand.HELP,
                            Webhook.HELP,
                            SmtpCommand.HELP,
                            DokployCommand.HELP,
                            CloudflareCommand.HELP)
                    + "\nevery double takes --parent-pid N as well: it ends when that process does\n");
            return;
        }
        try {
            List<String> rest = new ArrayList<>(all.subList(1, all.size()));
            endWithParent(rest);
            start(all.getFirst(), rest);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\nhint: --help lists the options");
            System.exit(64);
        }
    }

    /** {@code --parent-pid N}: a test that is killed itself leaves no double behind. */
    private static void endWithParent(List<String> arguments) {
        int at = arguments.indexOf("--parent-pid");
        if (at < 0 || at + 1 == arguments.size()) {
            return;
        }
        long pid = Long.parseLong(arguments.remove(at + 1));
        arguments.remove(at);
        ProcessHandle.of(pid)
                .map(ProcessHandle::onExit)
                .orElse(CompletableFuture.completedFuture(ProcessHandle.current()))
                .thenRun(() -> Runtime.getRuntime().halt(0));
    }

    private static void start(String name, List<String> rest) throws Exception {
        switch (name) {
            case "r2" -> R2Command.run(rest);
            case "slack" -> SlackCommand.run(rest);
            case "webhook" -> Webhook.run(rest);
            case "smtp" -> SmtpCommand.run(rest);
            case "dokploy" -> DokployCommand.run(rest);
            case "cloudflare" -> CloudflareCommand.run(rest);
            default ->
                throw new IllegalArgumentException(
                        "unknown double '" + name + "', known are r2, slack, webhook, smtp, dokploy," + " cloudflare");
        }
    }
}
