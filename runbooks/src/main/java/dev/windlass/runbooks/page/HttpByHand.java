package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Effect.HttpCall;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call as a person would type it. The credential is named beside the call and not put into it: each API asks for it in its
 * own way, and one (a key that signs) must never be sent.
 */
final class HttpByHand {
    /** JSON or a form; other bodies are described in words. */
    private static final Pattern LITERAL_BODY = Pattern.compile("[{\\[].*[}\\]]|[^\\s=]+=\\S*", Pattern.DOTALL);

    private static final Pattern SLOT = Pattern.compile("\\{[a-z][a-z0-9-]*}");

    /** Reads its key from a header, which curl takes from a file: argv can be read by every user. */
    private enum Known {
        DOKPLOY(
                "https?://[^/]+(/.*)?/api/(application|deployment)\\.[A-Za-z]+(\\?.*)?",
                "dokploy.header",
                "x-api-key:"),
        CLOUDFLARE("https?://[^/]+/client/v4/.*", "cloudflare.header", "Authorization: Bearer");

        private final Pattern url;
        private final String file;
        private final String header;

        Known(String url, String file, String header) {
            this.url = Pattern.compile(url);
            this.file = file;
            this.header = header;
        }

        static Optional<Known> of(HttpCall call) {
            return Stream.of(values())
                    .filter(api -> api.url.matcher(call.url()).matches())
                    .findFirst();
        }
    }

    private HttpByHand() {}

    static List<String> lines(HttpCall call) {
        List<String> lines = new ArrayList<>();
        Optional<Known> api = Known.of(call);
        call.authorization()
                .ifPresent(secret -> lines.add(
                        api.map(known -> "# " + known.file + ": one line, " + known.header + " and the credential ")
                                        .orElse("# with the credential ")
                                + secret));
        boolean isWeb = call.url().startsWith("http");
        List<String> curl =
                new ArrayList<>(List.of("curl", "--fail-with-body", "--request", ShellWords.word(call.method())));
        api.ifPresent(known -> curl.addAll(List.of("--header", "@" + known.file)));
        call.address().ifPresent(address -> curl.addAll(List.of("--resolve", resolving(call.url(), address))));
        call.body().ifPresent(body -> {
            if (api.isPresent()) {
                curl.addAll(List.of("--header", ShellWords.word("Content-Type: application/json")));
            }
            if (isWeb && LITERAL_BODY.matcher(body).matches()) {
                curl.addAll(List.of("--data-raw", ShellWords.word(body)));
            } else {
                lines.add("# " + body);
            }
        });
        curl.add(ShellWords.word(call.url()));
        if (isWeb) {
            lines.addAll(ShellWords.wrap(curl, ByHand.INDENT));
        } else {
            lines.add("# " + call.method() + " " + call.url());
        }
        return lines;
    }

    private static String resolving(String url, String address) {
        URI asked = URI.create(url);
        int otherwise = asked.getScheme().equals("https") ? 443 : 80;
        int port = asked.getPort() < 0 ? otherwise : asked.getPort();
        String machine = address.contains(":") && !SLOT.matcher(address).matches() ? "[" + address + "]" : address;
        return ShellWords.word(asked.getHost() + ":" + port + ":" + machine);
    }
}
