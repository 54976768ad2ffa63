package dev.windlass.activities.storage;

import static dev.windlass.workflows.kernel.Access.CHANGES;
import static dev.windlass.workflows.kernel.Access.READS;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Condition;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Verb;
import dev.windlass.workflows.kernel.StoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** A bucket of Cloudflare R2, Amazon S3 or anything that speaks S3. */
final class S3ObjectStore implements ObjectStore, AutoCloseable {
    /** Metadata: the file's sha256, as 64 hex digits. */
    static final String SHA256 = "sha256";

    private static final int LARGEST_SMALL = 1 << 20;

    private final S3Store settings;
    private final S3Timing timing;
    private final S3Client client;
    private final WritePace pace = new WritePace();

    S3ObjectStore(S3Store settings, Secrets secrets, S3Timing timing) {
        this.settings = settings;
        this.timing = timing;
        this.client = S3Clients.client(settings, secrets, timing);
    }

    @Override
    public StoreName name() {
        return settings.name();
    }

    @Override
    public List<StoredObject> list(String prefix, StepContext context) {
        begun(context, READS, Verb.LIST, prefix, Condition.NONE, Optional.empty());
        S3Session session = session(context);
        String full = session.full(ObjectKeys.requirePrefix(prefix));
        return session.call(
                "listing " + prefix,
                () -> client
                        .listObjectsV2Paginator(r -> r.bucket(settings.bucket()).prefix(full))
                        .contents()
                        .stream()
                        .map(object -> new StoredObject(
                                object.key().substring(settings.prefix().length()), object.size(), Optional.empty()))
                        .sorted(Comparator.comparing(StoredObject::key))
                        .toList());
    }

    @Override
    public Optional<Instant> youngest(String prefix, StepContext context) {
        begun(context, READS, Verb.LIST, prefix, Condition.NONE, Optional.empty());
        S3Session session = session(context);
        String full = session.full(ObjectKeys.requirePrefix(prefix));
        return session.call(
                "listing " + prefix,
                () -> client
                        .listObjectsV2Paginator(r -> r.bucket(settings.bucket()).prefix(full))
                        .contents()
                        .stream()
                        .map(S3Object::lastModified)
                        .max(Comparator.naturalOrder()));
    }

    @Override
    public Optional<StoredObject> head(String key, StepContext context) {
        begun(context, READS, Verb.HEAD, key, Condition.NONE, Optional.empty());
        return headObject(session(context), key)
                .map(head -> new StoredObject(key, head.contentLength(), sha256Of(head)));
    }

    @Override
    public Optional<byte[]> get(String key, StepContext context) {
        begun(context, READS, Verb.GET, key, Condition.NONE, Optional.empty());
        S3Session session = session(context);
        return session.call("reading " + key, () -> {
            try (ResponseInputStream<GetObjectResponse> in = open(session, key)) {
                long bytes = in.response().contentLength();
                if (bytes > LARGEST_SMALL) {
                    in.abort();
                    throw StorageFailures.tooLarge(name(), key, bytes);
                }
                return Optional.of(in.readAllBytes());
            } catch (NoSuchKeyException missing) {
                return Optional.empty();
            }
        });
    }

    /** Twice is harmless: the file is replaced by an equal one. */
    @Override
    public void download(String key, Path into, StepContext context) {
        begun(context, READS, Verb.GET, key, Condition.NONE, Optional.of(into));
        S3Session session = session(context);
        AtomicLong done = new AtomicLong();
        AtomicLong total = new AtomicLong();
        session.transfer("fetching " + key, () -> Meter.bytes("download", done.get(), total.get(), ""), () -> {
            try (ResponseInputStream<GetObjectResponse> in = open(session, key)) {
                total.set(in.response().contentLength());
                fetch(in, key, into, done);
                return true;
            } catch (NoSuchKeyException missing) {
                throw StorageFailures.notFound(name(), key);
            }
        });
    }

    /** Twice is harmless: the store lets only one writer have the key; a lost answer reads as taken. */
    @Override
    public boolean putIfAbsent(String key, byte[] content, StepContext context) {
        begun(context, CHANGES, Verb.PUT, key, Condition.IF_ABSENT, Optional.empty());
        S3Session session = session(context);
        String full = session.full(ObjectKeys.requireKey(key));
        return session.call("writing " + key, () -> {
            pace.awaitTurn(full);
            try {
                client.putObject(
                        r -> r.bucket(settings.bucket())
                                .key(full)
                                .ifNoneMatch("*")
                                .contentType("application/json")
                                .contentMD5(Base64.getEncoder()
                                        .encodeToString(FileHash.md5().digest(content))),
                        RequestBody.fromBytes(content));
                return true;
            } catch (AwsServiceException answer) {
                if (answer.statusCode() == 412) {
                    return false;
                }
                throw answer;
            }
        });
    }

    /** Twice is harmless: parts and a whole object of an earlier attempt are found. */
    @Override
    public Upload upload(Path file, String key, String sha256, StepContext context) {
        begun(context, CHANGES, Verb.MULTIPART_PUT, key, Condition.NONE, Optional.of(file));
        ObjectKeys.requireKey(key);
        S3Session session = session(context);
        try {
            PartSizes sizes = PartSizes.of(Files.size(file), settings.partMebibytes());
            Optional<HeadObjectResponse> there = headObject(session, key);
            if (there.isPresent()) {
                if (!isSame(there.get(), sizes.bytes(), sha256)) {
                    throw StorageFailures.taken(
                            name(), key, describe(there.get()), sizes.bytes() + " bytes, " + sha256);
                }
                return new Upload(sizes.bytes(), sizes.count(), sizes.count());
            }
            MultipartUpload.Sent sent = new MultipartUpload(session, file, key, sizes).send(sha256);
            verify(session, key, sizes.bytes(), sha256, sent.etag());
            return new Upload(sizes.bytes(), sent.parts(), sent.partsFound());
        } catch (NoSuchFileException missing) {
            throw StorageFailures.notFound(name(), missing.getFile());
        } catch (IOException failed) {
            throw StorageFailures.unavailable(name(), failed.toString(), failed);
        }
    }

    /** Twice is harmless. */
    @Override
    public Deletion delete(String key, StepContext context) {
        begun(context, CHANGES, Verb.DELETE, key, Condition.NONE, Optional.empty());
        S3Session session = session(context);
        String full = session.full(ObjectKeys.requireKey(key));
        return session.call("deleting " + key, () -> {
            try {
                client.deleteObject(r -> r.bucket(settings.bucket()).key(full));
                return Deletion.GONE;
            } catch (AwsServiceException answer) {
                if (S3Failures.isLocked(answer)) {
                    return Deletion.LATER;
                }
                throw answer;
            }
        });
    }

    @Override
    public int abortUnfinished(String prefix, StepContext context) {
        begun(context, CHANGES, Verb.DELETE, prefix, Condition.NONE, Optional.empty());
        S3Session session = session(context);
        String full = session.full(ObjectKeys.requirePrefix(prefix));
        return session.call("aborting unfinished uploads of " + prefix, () -> {
            var found =
                    client
                            .listMultipartUploadsPaginator(
                                    r -> r.bucket(settings.bucket()).prefix(full))
                            .uploads()
                            .stream()
                            .toList();
            found.forEach(upload -> client.abortMultipartUpload(
                    r -> r.bucket(settings.bucket()).key(upload.key()).uploadId(upload.uploadId())));
            return found.size();
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private void fetch(ResponseInputStream<GetObjectResponse> in, String key, Path into, AtomicLong done)
            throws IOException {
        GetObjectResponse response = in.response();
        FileCopy copy;
        try {
            copy = FileCopy.of(in, DurableFiles.partOf(into), done::addAndGet);
        } catch (IOException failed) {
            in.abort();
            throw DurableFiles.diskFull(failed, into)
                    .<RuntimeException>map(full -> full)
                    .orElseThrow(() -> failed);
        }
        Optional<String> sha256 = Optional.ofNullable(response.metadata().get(SHA256));
        if (copy.bytes() != response.contentLength()) {
            Files.delete(copy.part());
            throw StorageFailures.unavailable(
                    name(), copy.bytes() + " of " + response.contentLength() + " bytes came of " + key, null);
        }
        if (sha256.filter(expected -> !expected.equals(copy.sha256())).isPresent()) {
            Files.delete(copy.part());
            throw StorageFailures.damaged(key + " in store " + name(), copy.sha256(), sha256.get());
        }
        DurableFiles.publish(copy.part(), into);
    }

    /** An object that is not what was sent is removed, so that the next attempt begins anew. */
    private void verify(S3Session session, String key, long bytes, String sha256, String etag) {
        HeadObjectResponse head = headObject(session, key)
                .orElseThrow(() -> StorageFailures.differs(name(), key, "nothing", bytes + " bytes"));
        // With a KMS key the ETag is no MD5: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
        boolean sameParts = head.serverSideEncryption() == ServerSideEncryption.AWS_KMS
                || MultipartUpload.unquoted(head.eTag()).equals(etag);
        if (!isSame(head, bytes, sha256) || !sameParts) {
            session.call(
                    "deleting " + key,
                    () -> client.deleteObject(r -> r.bucket(settings.bucket()).key(session.full(key))));
            throw StorageFailures.differs(
                    name(), key, describe(head), bytes + " bytes, sha256 " + sha256 + ", etag " + etag);
        }
    }

    private Optional<HeadObjectResponse> headObject(S3Session session, String key) {
        String full = session.full(ObjectKeys.requireKey(key));
        return session.call("looking at " + key, () -> {
            try {
                return Optional.of(
                        client.headObject(r -> r.bucket(settings.bucket()).key(full)));
            } catch (NoSuchKeyException missing) {
                return Optional.empty();
            }
        });
    }

    private ResponseInputStream<GetObjectResponse> open(S3Session session, String key) {
        String full = session.full(ObjectKeys.requireKey(key));
        return client.getObject(r -> r.bucket(settings.bucket()).key(full));
    }

    private static boolean isSame(HeadObjectResponse head, long bytes, String sha256) {
        return head.contentLength() == bytes && sha256Of(head).equals(Optional.of(sha256));
    }

    private static Optional<String> sha256Of(HeadObjectResponse head) {
        return Optional.ofNullable(head.metadata().get(SHA256));
    }

    private static String describe(HeadObjectResponse head) {
        return head.contentLength() + " bytes, sha256 " + sha256Of(head).orElse("unknown") + ", etag "
                + MultipartUpload.unquoted(head.eTag());
    }

    private void begun(
            StepContext context, Access access, Verb verb, String key, Condition condition, Optional<Path> file) {
        context.begun(new ObjectCall(access, verb, name(), key, condition, file.map(Path::toString)));
    }

    private S3Session session(StepContext context) {
        return new S3Session(client, settings, timing, context);
    }
}
