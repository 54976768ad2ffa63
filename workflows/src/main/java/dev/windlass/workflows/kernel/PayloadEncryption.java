package dev.windlass.workflows.kernel;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts payloads with AES-GCM before they reach Temporal: arguments, results, memos, failures. Search attributes stay
 * in clear text. With {@link ClearPayloads#REFUSED} they are also proof that whoever wrote them has a key: Temporal itself
 * writes nothing that goes through a codec.
 */
public final class PayloadEncryption implements PayloadCodec {
    private static final ByteString ENCODING = ByteString.copyFromUtf8("binary/encrypted");
    private static final String ENCODING_NAME = "encoding";
    private static final String KEY_NAME = "encryption-key-id";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final PayloadKeys keys;
    private final ClearPayloads clear;
    private final SecureRandom random = new SecureRandom();

    public PayloadEncryption(PayloadKeys keys, ClearPayloads clear) {
        this.keys = keys;
        this.clear = clear;
    }

    /** The same keys, for whoever only shows what is there. */
    public PayloadEncryption showingClear() {
        return new PayloadEncryption(keys, ClearPayloads.ACCEPTED);
    }

    /** {@link PayloadJson#dataConverter()}, encrypting; messages and stack traces of failures too. */
    public DataConverter dataConverter() {
        return new CodecDataConverter(PayloadJson.dataConverter(), List.of(this), true);
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return payloads.stream().map(this::encrypt).toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::decrypt).toList();
    }

    private Payload encrypt(Payload plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String id = keys.newest();
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, id, keys.find(id), nonce, plain.toByteArray());
        return Payload.newBuilder()
                .putMetadata(ENCODING_NAME, ENCODING)
                .putMetadata(KEY_NAME, ByteString.copyFromUtf8(id))
                .setData(ByteString.copyFrom(nonce).concat(ByteString.copyFrom(sealed)))
                .build();
    }

    private Payload decrypt(Payload payload) {
        if (!ENCODING.equals(payload.getMetadataMap().get(ENCODING_NAME))) {
            return switch (clear) {
                case ACCEPTED -> payload;
                case REFUSED -> throw inClear();
            };
        }
        String id = payload.getMetadataOrDefault(KEY_NAME, ByteString.EMPTY).toStringUtf8();
        ByteBuffer data = payload.getData().asReadOnlyByteBuffer();
        if (data.remaining() < NONCE_BYTES) {
            throw new PayloadCodecException("an encrypted payload has only " + data.remaining() + " bytes");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        data.get(nonce);
        byte[] sealed = new byte[data.remaining()];
        data.get(sealed);
        try {
            return Payload.parseFrom(apply(Cipher.DECRYPT_MODE, id, keys.find(id), nonce, sealed));
        } catch (InvalidProtocolBufferException broken) {
            throw new PayloadCodecException("key \"" + id + "\" opens a payload that is not one", broken);
        }
    }

    private static PayloadCodecException inClear() {
        return new PayloadCodecException(
                "a payload is in clear text, and this process has keys: whoever wrote it may have none\nhint: where it is of"
                        + " a run from before there were keys, set temporal.clear_payloads to accepted in ops.yml until"
                        + " those runs are over; else find out who reaches Temporal's port.");
    }

    private static byte[] apply(int mode, String id, SecretKey key, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException refused) {
            throw new PayloadCodecException(
                    "key \"" + id + "\" does not open a payload that names it: the payload was changed, or the key was"
                            + "\nhint: look at " + PayloadKeys.VARIABLE + "; one id must always stand for one key.",
                    refused);
        }
    }
}
