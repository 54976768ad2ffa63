package dev.windlass.worker.slack;

import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.SecretReference;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP door, made to stand behind nginx with TLS. The signature is checked over the bytes as they came, before any of
 * them is read as a form: so the body is never taken from the servlet's parameters.
 */
@RestController
@Conditional(SlackConfiguration.HasSigningSecret.class)
final class InteractionsEndpoint {
    static final String PATH = "/slack/interactions";
    /** A payload repeats the whole message. */
    static final int MOST = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(InteractionsEndpoint.class);
    private static final String DOOR = "slack http";
    private static final String FIELD = "payload=";

    private final SecretReference secret;
    private final Secrets secrets;
    private final RequestSignature signatures;
    private final ClickHandler handler;
    private final DoorAudit audit;

    InteractionsEndpoint(
            Operations operations,
            Secrets secrets,
            RequestSignature signatures,
            ClickHandler handler,
            DoorAudit audit) {
        this.secret = SlackConfiguration.buttons(operations).signingSecret().orElseThrow();
        this.secrets = secrets;
        this.signatures = signatures;
        this.handler = handler;
        this.audit = audit;
    }

    @PostMapping(PATH)
    ResponseEntity<String> take(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST + 1);
        if (body.length > MOST) {
            audit.unsigned(DOOR, Refusal.MALFORMED, "more than " + MOST + " bytes");
            return ResponseEntity.status(413).build();
        }
        Optional<RequestSignature.Verdict> refused;
        try {
            String key = secrets.resolve(secret);
            refused = signatures.refuse(
                    key, header(request, "X-Slack-Request-Timestamp"), header(request, "X-Slack-Signature"), body);
        } catch (RuntimeException noSecret) {
            LOG.error("no click can be checked: {}", Failure.messageOf(noSecret));
            return ResponseEntity.status(503).build();
        }
        if (refused.isPresent()) {
            audit.unsigned(DOOR, refused.get().refusal(), refused.get().detail());
            return ResponseEntity.status(401).build();
        }
        return answer(handler.handle(payload(body), DOOR));
    }

    private static ResponseEntity<String> answer(Reply reply) {
        return switch (reply) {
            case Reply.Acknowledged yes ->
                yes.body()
                        .map(json -> ResponseEntity.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .body(json))
                        .orElseGet(() -> ResponseEntity.ok().build());
            case Reply.NotTaken no -> ResponseEntity.status(no.status()).build();
        };
    }

    private static String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    /** What is no form is no JSON either, and refused as that. */
    private static String payload(byte[] body) {
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            if (pair.startsWith(FIELD)) {
                try {
                    return URLDecoder.decode(pair.substring(FIELD.length()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException broken) {
                    return "broken form";
                }
            }
        }
        return "no form";
    }
}
