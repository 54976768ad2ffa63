package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Gates;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against answers of the shapes that GitHub documents. */
class QualityGatesTest {
    private static final String TOKEN = "ghp_secret";

    private final List<Effect> effects = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();
    private final List<String> runs = new ArrayList<>();
    private HttpServer github = server();
    private int status = 200;
    private boolean limited;

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @BeforeEach
    void start() {
        github.createContext("/", exchange -> {
            questions.add(exchange.getRequestURI().toString());
            boolean known =
                    ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (limited) {
                exchange.getResponseHeaders().add("x-ratelimit-remaining", "0");
            }
            String query = exchange.getRequestURI().getQuery();
            int page = Integer.parseInt(query.substring(query.lastIndexOf('=') + 1));
            List<String> these =
                    runs.subList(Math.min(runs.size(), (page - 1) * 100), Math.min(runs.size(), page * 100));
            byte[] body = ("{\"total_count\":" + runs.size() + ",\"check_runs\":[" + String.join(",", these) + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? status : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        github.start();
    }

    @AfterEach
    void stop() {
        github.stop(0);
    }

    @Test
    void letsAGreenVersionPassAndOnlyReads() {
        runs.add(run("lint", "completed", "\"success\""));
        runs.add(run("test", "completed", "\"skipped\""));

        assertThatCode(() -> require("lint", "test")).doesNotThrowAnyException();
        assertThat(questions)
                .containsExactly("/repos/example/shop/commits/3f2c1ab/check-runs?filter=latest&per_page=100&page=1");
        assertThat(effects).singleElement().asString().contains("access=READS").doesNotContain(TOKEN);
    }

    @Test
    void refusesWhatIsRedRunningOrMissing() {
        runs.add(run("lint", "completed", "\"failure\""));
        runs.add(run("test", "in_progress", "null"));

        assertThatThrownBy(() -> require("lint", "test", "integration"))
                .hasMessageContaining("the checks of 3f2c1ab in example/shop are not green: lint is failure, test is"
                        + " in_progress, integration is missing\nhint: wait for them or mend the commit, then deploy"
                        + " again\nsee: runbooks/deploy.md#gate-not-green");
    }

    @Test
    void takesEveryCheckWhereNoneIsNamedAndWantsOne() {
        assertThatThrownBy(this::require).hasMessageContaining("are not green: there is none");
        runs.add(run("lint", "completed", "\"success\""));
        assertThatCode(this::require).doesNotThrowAnyException();
        runs.add(run("other", "completed", "\"cancelled\""));
        assertThatThrownBy(this::require).hasMessageContaining("are not green: other is cancelled");
    }

    @Test
    void looksAtEveryPage() {
        runs.addAll(IntStream.range(0, 150)
                .mapToObj(number -> run("check " + number, "completed", "\"success\""))
                .collect(Collectors.toList()));
        runs.add(run("last", "completed", "\"failure\""));

        assertThatThrownBy(this::require).hasMessageContaining("last is failure");
        assertThat(questions).hasSize(2);
    }

    @Test
    void aGitHubThatDoesNotSayLetsNothingPass() {
        status = 503;
        assertThatThrownBy(() -> require("lint"))
                .hasMessageContaining("does not say whether the checks are green: status 503");
        status = 403;
        limited = true;
        assertThatThrownBy(() -> require("lint")).hasMessageContaining("its rate limit is used up");
        github.stop(0);
        assertThatThrownBy(() -> require("lint")).hasMessageContaining("does not say whether the checks are green");
    }

    @Test
    void tellsATokenThatMayNotReadFromACommitThatIsNotThere() {
        status = 404;
        assertThatThrownBy(() -> require("lint"))
                .hasMessageContaining("GitHub does not let the token env:GITHUB_TOKEN read the checks of example/shop"
                        + " (status 404)");
        status = 422;
        assertThatThrownBy(() -> require("lint")).hasMessageContaining("example/shop has no commit 3f2c1ab");
    }

    private void require(String... checks) {
        Gates gates = new Gates(
                "example/shop",
                new SecretReference("env:GITHUB_TOKEN"),
                List.of(checks),
                "http://127.0.0.1:" + github.getAddress().getPort());
        new QualityGates(reference -> TOKEN)
                .requireGreen(
                        gates,
                        new Version("3f2c1ab"),
                        new StepContext(
                                new StepToken("deploy-1", "run", StepId.of("plan")),
                                progress -> {},
                                (step, effect) -> effects.add(effect)));
    }

    private static String run(String name, String status, String conclusion) {
        return "{\"name\":\"" + name + "\",\"status\":\"" + status + "\",\"conclusion\":" + conclusion + "}";
    }
}
