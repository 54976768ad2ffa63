package dev.windlass.testbed.r2;

import static dev.windlass.testbed.r2.SharedR2.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class OrdinaryUseTest {
    private final S3Client s3 = SharedR2.client();

    @Test
    void keepsAnObjectAndGivesItBack() {
        byte[] bytes = random(300_000);
        s3.putObject(
                b -> b.bucket(BUCKET).key("a dir/ünï+code %.bin").metadata(java.util.Map.of("set", "42")),
                RequestBody.fromBytes(bytes));

        var got = s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("a dir/ünï+code %.bin"));
        assertThat(got.asByteArray()).isEqualTo(bytes);
        assertThat(got.response().metadata()).containsEntry("set", "42");
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("a dir/ünï+code %.bin"))
                        .contentLength())
                .isEqualTo(300_000);
        assertThat(s3.getObjectAsBytes(b ->
                                b.bucket(BUCKET).key("a dir/ünï+code %.bin").range("bytes=10-19"))
                        .asByteArray())
                .hasSize(10);
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET).prefix("a dir/")).contents())
                .extracting(o -> o.key())
                .containsExactly("a dir/ünï+code %.bin");
        s3.deleteObject(b -> b.bucket(BUCKET).key("a dir/ünï+code %.bin"));
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET).prefix("a dir/")).contents())
                .isEmpty();
    }

    @Test
    void completesAnUploadOfEqualPartsWithAShorterLast() throws Exception {
        String upload =
                s3.createMultipartUpload(b -> b.bucket(BUCKET).key("big")).uploadId();
        byte[] first = random(5 << 20);
        byte[] last = random(1000);
        List<CompletedPart> parts = new ArrayList<>();
        for (byte[] bytes : List.of(first, first, last)) {
            int number = parts.size() + 1;
            String etag = s3.uploadPart(
                            b -> b.bucket(BUCKET).key("big").uploadId(upload).partNumber(number),
                            RequestBody.fromBytes(bytes))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        assertThat(s3.listParts(b -> b.bucket(BUCKET).key("big").uploadId(upload))
                        .parts())
                .hasSize(3);
        assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads())
                .extracting(u -> u.uploadId())
                .contains(upload);

        s3.completeMultipartUpload(
                b -> b.bucket(BUCKET).key("big").uploadId(upload).multipartUpload(m -> m.parts(parts)));

        // MD5 of the parts' MD5s and their number: https://developers.cloudflare.com/r2/objects/multipart-objects/
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.eTag().replace("\"", ""))));
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("big")).eTag())
                .isEqualTo("\"" + HexFormat.of().formatHex(md5.digest()) + "-3\"");
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("big")).contentLength())
                .isEqualTo(2L * (5 << 20) + 1000);
        assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads())
                .extracting(u -> u.uploadId())
                .doesNotContain(upload);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
