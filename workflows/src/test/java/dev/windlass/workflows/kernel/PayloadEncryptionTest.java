package dev.windlass.workflows.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadEncryptionTest {
    private static final String OLD = "2025:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String NEW = "2026:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    private static PayloadEncryption with(String keys) {
        return new PayloadEncryption(PayloadKeys.parse(keys), ClearPayloads.REFUSED);
    }

    private static Payload written(String keys, Object value) {
        return with(keys).dataConverter().toPayload(value).orElseThrow();
    }

    @Test
    void whatIsWrittenIsReadAndIsNotInClearText() {
        DatabaseName name = new DatabaseName("shop");
        Payload payload = written(NEW, name);
        assertThat(payload.toString()).doesNotContain("shop").contains("binary/encrypted");
        DataConverter converter = with(NEW).dataConverter();
        assertThat(converter.fromPayload(payload, DatabaseName.class, DatabaseName.class))
                .isEqualTo(name);
    }

    @Test
    void theSameValueIsNeverWrittenTheSameWayTwice() {
        PayloadEncryption encryption = with(NEW);
        Payload clear = PayloadJson.dataConverter().toPayload("shop").orElseThrow();
        assertThat(encryption.encode(List.of(clear))).isNotEqualTo(encryption.encode(List.of(clear)));
    }

    @Test
    void theFirstKeyEncryptsAndAllDecrypt() {
        Payload before = written(OLD, "before");
        Payload after = written(NEW + "," + OLD, "after");
        assertThat(after.getMetadataOrThrow("encryption-key-id").toStringUtf8()).isEqualTo("2026");
        DataConverter both = with(NEW + "," + OLD).dataConverter();
        assertThat(both.fromPayload(before, String.class, String.class)).isEqualTo("before");
        assertThat(both.fromPayload(after, String.class, String.class)).isEqualTo("after");
    }

    @Test
    void clearPayloadsFromBeforeAreReadWhereThatIsWanted() {
        Payload clear = PayloadJson.dataConverter().toPayload("old").orElseThrow();
        assertThat(new PayloadEncryption(PayloadKeys.parse(NEW), ClearPayloads.ACCEPTED).decode(List.of(clear)))
                .containsExactly(clear);
        assertThat(with(NEW).showingClear().decode(List.of(clear))).containsExactly(clear);
    }

    @Test
    void clearPayloadsAreRefusedElsewhere() {
        Payload clear = PayloadJson.dataConverter().toPayload("rm").orElseThrow();
        assertThatThrownBy(() -> with(NEW).dataConverter().fromPayload(clear, String.class, String.class))
                .hasMessage("a payload is in clear text, and this process has keys: whoever wrote it may have none\n"
                        + "hint: where it is of a run from before there were keys, set temporal.clear_payloads to accepted"
                        + " in ops.yml until those runs are over; else find out who reaches Temporal's port.");
    }

    @Test
    void anUnknownKeyIsNamed() {
        Payload payload = written(OLD, "x");
        assertThatThrownBy(() -> with(NEW).decode(List.of(payload)))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessage("a payload is encrypted with key \"2025\", and this process has only 2026\n"
                        + "hint: add that key at the end of WINDLASS_PAYLOAD_KEYS; old keys stay there as long as runs"
                        + " written with them are kept.");
    }

    @Test
    void aChangedPayloadIsRefused() {
        Payload payload = written(NEW, "x");
        byte[] data = payload.getData().toByteArray();
        data[data.length - 1] ^= 1;
        Payload changed = payload.toBuilder().setData(ByteString.copyFrom(data)).build();
        assertThatThrownBy(() -> with(NEW).decode(List.of(changed)))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessage(
                        "key \"2026\" does not open a payload that names it: the payload was changed, or the key was\n"
                                + "hint: look at WINDLASS_PAYLOAD_KEYS; one id must always stand for one key.");
    }

    @Test
    void brokenKeysAreRefusedWithoutRepeatingThem() {
        String hint = "\nhint: it reads id:base64,id2:base64; make a key with: openssl rand -base64 32";
        assertThatThrownBy(() -> PayloadKeys.parse("hunter2"))
                .hasMessage("WINDLASS_PAYLOAD_KEYS: entry 1 has no id" + hint);
        assertThatThrownBy(() -> PayloadKeys.parse("a:hunter2!"))
                .hasMessage("WINDLASS_PAYLOAD_KEYS: key \"a\" is not base64" + hint)
                .hasNoCause();
        assertThatThrownBy(() -> PayloadKeys.parse("a:aHVudGVyMg=="))
                .hasMessage("WINDLASS_PAYLOAD_KEYS: key \"a\" has 7 bytes and must have 32" + hint);
        assertThatThrownBy(() -> PayloadKeys.parse(NEW + "," + NEW))
                .hasMessage("WINDLASS_PAYLOAD_KEYS: key \"2026\" is given twice" + hint);
        assertThat(PayloadKeys.from(Map.of("WINDLASS_PAYLOAD_KEYS", " "))).isEmpty();
        assertThat(PayloadKeys.parse(NEW)).hasToString("PayloadKeys[2026]");
    }
}
