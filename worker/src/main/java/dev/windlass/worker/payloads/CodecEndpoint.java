package dev.windlass.worker.payloads;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.windlass.workflows.kernel.PayloadEncryption;
import dev.windlass.workflows.kernel.PayloadKeys;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets the Temporal UI and CLI show encrypted payloads (docs.temporal.io/codec-server). JSON only, so that a page of
 * another origin cannot post here without asking first (CORS).
 */
@RestController
@ConditionalOnProperty(PayloadKeys.VARIABLE)
@RequestMapping(
        path = "/codec",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
final class CodecEndpoint {
    private final PayloadEncryption encryption;

    CodecEndpoint(PayloadEncryption encryption) {
        // The UI asks it about everything, also about what was never meant to be encrypted.
        this.encryption = encryption.showingClear();
    }

    @PostMapping("/encode")
    ResponseEntity<String> encode(@RequestBody String payloads) {
        return answer(payloads, encryption::encode);
    }

    @PostMapping("/decode")
    ResponseEntity<String> decode(@RequestBody String payloads) {
        return answer(payloads, encryption::decode);
    }

    private static ResponseEntity<String> answer(String body, UnaryOperator<List<Payload>> codec) {
        try {
            Payloads.Builder payloads = Payloads.newBuilder();
            JsonFormat.parser().ignoringUnknownFields().merge(body, payloads);
            List<Payload> answer = codec.apply(payloads.getPayloadsList());
            return ResponseEntity.ok(JsonFormat.printer()
                    .print(Payloads.newBuilder().addAllPayloads(answer).build()));
        } catch (InvalidProtocolBufferException | PayloadCodecException refused) {
            return ResponseEntity.badRequest()
                    .contentType(MediaType.TEXT_PLAIN)
                    .body(String.valueOf(refused.getMessage()));
        }
    }
}
