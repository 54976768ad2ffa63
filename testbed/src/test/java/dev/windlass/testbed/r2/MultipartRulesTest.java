package dev.windlass.testbed.r2;

import static dev.windlass.testbed.r2.SharedR2.BUCKET;
import static dev.windlass.testbed.r2.SharedR2.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class MultipartRulesTest {
    private static final int MIB = 1 << 20;

    private final S3Client s3 = SharedR2.client();

    private String begin(String key) {
        return s3.createMultipartUpload(b -> b.bucket(BUCKET).key(key)).uploadId();
    }

    private List<CompletedPart> upload(String key, String upload, int... sizes) {
        List<CompletedPart> parts = new ArrayList<>();
        for (int size : sizes) {
            int number = parts.size() + 1;
            String etag = s3.uploadPart(
                            b -> b.bucket(BUCKET).key(key).uploadId(upload).partNumber(number),
                            RequestBody.fromBytes(new byte[size]))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        return parts;
    }

    private void complete(S3Client client, String key, String upload, List<CompletedPart> parts) {
        client.completeMultipartUpload(
                b -> b.bucket(BUCKET).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts)));
    }

    @Test
    void refusesPartsOfUnequalSize() {
        String upload = begin("parts/unequal");
        List<CompletedPart> parts = upload("parts/unequal", upload, 5 * MIB, 6 * MIB, 1);
        assertRefused(400, "InvalidPart", () -> complete(s3, "parts/unequal", upload, parts));
        assertThat(Multipart.sizes(List.of(5L * MIB, 6L * MIB, 1L))).contains(Refusal.of(R2Error.UNEQUAL_PARTS));
    }

    @Test
    void refusesALastPartThatIsLarger() {
        assertThat(Multipart.sizes(List.of(5L * MIB, 5L * MIB, 6L * MIB))).contains(Refusal.of(R2Error.UNEQUAL_PARTS));
    }

    @Test
    void refusesPartsBelow5MiB() {
        String upload = begin("parts/small");
        List<CompletedPart> parts = upload("parts/small", upload, 4 * MIB, 4 * MIB);
        assertRefused(400, "EntityTooSmall", () -> complete(s3, "parts/small", upload, parts));
    }

    @Test
    void refusesAPartThatWasNeverUploadedOrHasAnotherEtag() {
        String upload = begin("parts/missing");
        List<CompletedPart> parts = upload("parts/missing", upload, 1000);
        CompletedPart unknown = CompletedPart.builder()
                .partNumber(2)
                .eTag(parts.getFirst().eTag())
                .build();
        CompletedPart changed =
                CompletedPart.builder().partNumber(1).eTag("\"00\"").build();
        assertRefused(
                400, "InvalidPart", () -> complete(s3, "parts/missing", upload, List.of(parts.getFirst(), unknown)));
        assertRefused(400, "InvalidPart", () -> complete(s3, "parts/missing", upload, List.of(changed)));
    }

    @Test
    void refusesPartNumber10001() {
        String upload = begin("parts/number");
        assertRefused(
                400,
                "InvalidArgument",
                () -> s3.uploadPart(
                        b -> b.bucket(BUCKET)
                                .key("parts/number")
                                .uploadId(upload)
                                .partNumber(10_001),
                        RequestBody.fromString("x")));
    }

    @Test
    void knowsNoUploadThatWasAborted() {
        String upload = begin("parts/aborted");
        List<CompletedPart> parts = upload("parts/aborted", upload, 1000);
        s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("parts/aborted").uploadId(upload));
        assertRefused(404, "NoSuchUpload", () -> complete(s3, "parts/aborted", upload, parts));
        assertRefused(404, "NoSuchUpload", () -> upload("parts/aborted", upload, 1000));
        assertRefused(
                404,
                "NoSuchUpload",
                () -> s3.listParts(b -> b.bucket(BUCKET).key("parts/aborted").uploadId(upload)));
    }

    @Test
    void refusesAConditionOnTheCompletion() {
        String upload = begin("parts/condition");
        List<CompletedPart> parts = upload("parts/condition", upload, 1000);
        S3Client conditional = SharedR2.clientWith(Map.of("If-None-Match", "*"));
        assertRefused(501, "NotImplemented", () -> complete(conditional, "parts/condition", upload, parts));
    }

    @Test
    void aPartWithAWrongChecksumIsNotKept() {
        String upload = begin("parts/digest");
        S3Client spoiled =
                SharedR2.clientWith(Map.of("Content-MD5", Base64.getEncoder().encodeToString(new byte[16])));
        assertRefused(
                400,
                "BadDigest",
                () -> spoiled.uploadPart(
                        b -> b.bucket(BUCKET)
                                .key("parts/digest")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromBytes(new byte[MIB])));
        assertThat(s3.listParts(b -> b.bucket(BUCKET).key("parts/digest").uploadId(upload))
                        .parts())
                .isEmpty();
    }

    @Test
    void aCompletionOverALockedObjectIsRefused() {
        s3.putObject(b -> b.bucket(BUCKET).key("locked/parts"), RequestBody.fromString("kept"));
        String upload = begin("locked/parts");
        List<CompletedPart> parts = upload("locked/parts", upload, 1000);
        long until = System.nanoTime() + 5_000_000_000L;
        assertRefused(403, "ObjectLockedByBucketPolicy", () -> {
            while (true) {
                try {
                    complete(s3, "locked/parts", upload, parts);
                } catch (software.amazon.awssdk.services.s3.model.S3Exception e) {
                    if (e.statusCode() != 429 || System.nanoTime() > until) {
                        throw e;
                    }
                }
            }
        });
    }
}
