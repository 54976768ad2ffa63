package dev.windlass.activities.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.dns.RecordCheck;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine with a certificate of its own for a name that resolves nowhere. */
class MachinesTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static HttpsServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = directory.resolve("keys.p12");
        keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=machine", "-ext", "san=dns:shop.example.com");
        keytool(keys, "-exportcert", "-rfc", "-file", trusted().toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress("127.0.0.3", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestHeaders().getFirst("Host").getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                exchange.sendResponseHeaders(
                        exchange.getRequestURI().getPath().equals("/moved") ? 301 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    private static Path trusted() {
        return directory.resolve("trusted.pem");
    }

    private static void keytool(Path keys, String... more) throws IOException, InterruptedException {
        List<String> words = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                "machine"));
        words.addAll(1, List.of(more));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void asksUnderTheNameAndTrustsWhatOpsYmlTrusts() {
        assertThat(problem(Optional.of(trusted()), "shop.example.com", "/", Optional.of("shop.example.com:" + port())))
                .isEmpty();
        assertThat(problem(Optional.of(trusted()), "shop.example.com", "/", Optional.of("well")))
                .hasValueSatisfying(words -> assertThat(words).endsWith("\"well\" is not in the answer"));
    }

    @Test
    void takesNoCertificateThatNobodyKnowsOrThatIsOfAnotherName() {
        assertThat(problem(Optional.empty(), "shop.example.com", "/", Optional.empty()))
                .hasValueSatisfying(words -> assertThat(words).contains(" at 127.0.0.3: TLS: "));
        assertThat(problem(Optional.of(trusted()), "files.example.com", "/", Optional.empty()))
                .hasValueSatisfying(words -> assertThat(words).contains("TLS: ", "files.example.com"));
    }

    @Test
    void doesNotFollowWhereItIsSent() {
        assertThat(problem(Optional.of(trusted()), "shop.example.com", "/moved", Optional.empty()))
                .contains("https://shop.example.com:" + port() + "/moved at 127.0.0.3: status 301, wanted 200");
    }

    @Test
    void saysWhichFileHoldsNoCertificates() {
        Throwable thrown = catchThrowable(() -> machines(Optional.of(directory.resolve("nothing.pem"))));

        assertThat(Failure.in(thrown).orElseThrow().type()).isEqualTo(FailureType.CONFIGURATION);
    }

    private static int port() {
        return server.getAddress().getPort();
    }

    private static Machines machines(Optional<Path> trust) {
        StepToken token = new StepToken("recover-dns", "run", StepId.of("try"));
        return new Machines(trust, new StepContext(token, progress -> {}, EffectJournal.none()));
    }

    private static Optional<String> problem(Optional<Path> trust, String name, String path, Optional<String> body) {
        String url = "https://" + name + ":" + port() + path;
        HttpCall call = new HttpCall(Access.READS, "GET", url, Optional.empty(), Optional.empty()).at("127.0.0.3");
        return machines(trust).problem(call, new RecordCheck("1", url, 200, body));
    }
}
