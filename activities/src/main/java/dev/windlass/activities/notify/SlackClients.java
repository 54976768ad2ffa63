package dev.windlass.activities.notify;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Slack's own client, without what it would do on its own. */
final class SlackClients {
    private SlackClients() {}

    static Slack of(String api, SlackNotices.Timing timing) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(api);
        // The statistics of its rate limiter call auth.test by themselves; Temporal does the waiting here.
        config.setStatsEnabled(false);
        // They write whole answers into the debug log.
        config.setHttpClientResponseHandlers(List.of());
        config.setHttpClientCallTimeoutMillis((int) timing.answer().toMillis());
        OkHttpClient http = SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .connectTimeout(timing.connect())
                .addInterceptor(new SentOnce())
                .build();
        SlackHttpClient client = new SlackHttpClient(http);
        client.setConfig(config);
        return Slack.getInstance(config, client);
    }

    /**
     * OkHttp silently sends a request again when a kept connection breaks before the answer: a message would stand there
     * twice. A one-shot body forbids that, yet still lets it try the host's other addresses.
     */
    private static final class SentOnce implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws IOException {
            Request request = chain.request();
            RequestBody body = request.body();
            return chain.proceed(
                    body == null
                            ? request
                            : request.newBuilder()
                                    .method(request.method(), new OneShot(body))
                                    .build());
        }
    }

    private static final class OneShot extends RequestBody {
        private final RequestBody body;

        OneShot(RequestBody body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            body.writeTo(sink);
        }
    }
}
