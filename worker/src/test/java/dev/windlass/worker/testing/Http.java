package dev.windlass.worker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/** Talks to a worker's port. */
public final class Http {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String root;

    private Http(String root) {
        this.root = root;
    }

    public static Http of(ConfigurableApplicationContext worker) {
        return new Http("http://127.0.0.1:"
                + Objects.requireNonNull(worker.getEnvironment().getProperty("local.server.port")));
    }

    public int status(String path) {
        return send(request(path)).statusCode();
    }

    public String body(String path) {
        return send(request(path)).body();
    }

    public HttpResponse<String> post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
