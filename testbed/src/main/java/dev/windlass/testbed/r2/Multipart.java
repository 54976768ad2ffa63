package dev.windlass.testbed.r2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of one size but the last, which is not larger; at least 5 MiB but for the last; at most 10,000:
 * https://developers.cloudflare.com/r2/objects/multipart-objects/ and https://developers.cloudflare.com/r2/platform/limits/ .
 * Codes 10048 and 10025 InvalidPart, 10011 EntityTooSmall, 10024 NoSuchUpload:
 * https://developers.cloudflare.com/r2/api/error-codes/ .
 */
final class Multipart implements Rule {
    static final long SMALLEST = 5L << 20;
    static final int MOST = 10_000;

    private final Storage storage;

    Multipart(Storage storage) {
        this.storage = storage;
    }

    @Override
    public Optional<Refusal> judge(S3Request request) {
        return switch (request.operation()) {
            case UPLOAD_PART, UPLOAD_PART_COPY ->
                numberOf(request)
                        .filter(n -> n >= 1 && n <= MOST)
                        .map(n -> unknownUpload(request))
                        .orElse(Optional.of(
                                Refusal.of(R2Error.INVALID_ARGUMENT, "Part number must be 1 to " + MOST + ".")));
            case ABORT_UPLOAD, LIST_PARTS -> unknownUpload(request);
            case COMPLETE_UPLOAD -> unknownUpload(request).or(() -> completion(request));
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> numberOf(S3Request request) {
        try {
            return Optional.of(Integer.valueOf(request.query().getOrDefault("partNumber", "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Refusal> unknownUpload(S3Request request) {
        String id = request.query().getOrDefault("uploadId", "");
        return storage.hasUpload(request.bucket(), request.key(), id)
                ? Optional.empty()
                : Optional.of(Refusal.of(R2Error.NO_SUCH_UPLOAD));
    }

    private Optional<Refusal> completion(S3Request request) {
        Map<Integer, Storage.StoredPart> stored =
                storage.parts(request.bucket(), request.key(), request.query().getOrDefault("uploadId", ""));
        List<Documents.ListedPart> listed;
        try {
            listed = Documents.completedParts(request.document());
        } catch (IllegalArgumentException e) {
            return Optional.of(Refusal.of(R2Error.MALFORMED_XML));
        }
        if (listed.isEmpty() || listed.size() > MOST) {
            return Optional.of(Refusal.of(R2Error.MALFORMED_XML, listed.size() + " parts."));
        }
        List<Long> sizes = new ArrayList<>();
        for (Documents.ListedPart part : listed) {
            Storage.StoredPart found = stored.get(part.number());
            if (found == null || !found.etag().equals(part.etag())) {
                return Optional.of(Refusal.of(R2Error.MISSING_PART, "Part " + part.number() + "."));
            }
            sizes.add(found.bytes());
        }
        return sizes(sizes);
    }

    static Optional<Refusal> sizes(List<Long> sizes) {
        long size = sizes.getFirst();
        for (int i = 0; i < sizes.size() - 1; i++) {
            if (sizes.get(i) != size) {
                return Optional.of(Refusal.of(R2Error.UNEQUAL_PARTS));
            }
        }
        if (sizes.getLast() > size) {
            return Optional.of(Refusal.of(R2Error.UNEQUAL_PARTS));
        }
        return sizes.size() > 1 && size < SMALLEST
                ? Optional.of(Refusal.of(R2Error.ENTITY_TOO_SMALL))
                : Optional.empty();
    }
}
