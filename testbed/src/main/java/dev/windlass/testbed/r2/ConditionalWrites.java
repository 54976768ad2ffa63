package dev.windlass.testbed.r2;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Conditional PutObject: 412 PreconditionFailed (10031),
 * https://developers.cloudflare.com/r2/api/s3/extensions/#conditional-operations-in-putobject . The page knows no
 * conditions for CompleteMultipartUpload; what is undocumented cannot be relied on, so it is refused here.
 */
final class ConditionalWrites implements Rule {
    private static final List<String> CONDITIONS =
            List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since");

    private final Storage storage;

    ConditionalWrites(Storage storage) {
        this.storage = storage;
    }

    @Override
    public Optional<Refusal> judge(S3Request request) {
        boolean conditional =
                CONDITIONS.stream().anyMatch(name -> request.header(name).isPresent());
        if (!conditional) {
            return Optional.empty();
        }
        return switch (request.operation()) {
            case PUT_OBJECT ->
                holds(request, storage.object(request.bucket(), request.key()))
                        ? Optional.empty()
                        : Optional.of(Refusal.of(R2Error.PRECONDITION_FAILED));
            case COMPLETE_UPLOAD, UPLOAD_PART, CREATE_UPLOAD, COPY_OBJECT, DELETE_OBJECT ->
                Optional.of(Refusal.of(R2Error.NOT_IMPLEMENTED, "Conditions on " + request.operation() + "."));
            default -> Optional.empty();
        };
    }

    private static boolean holds(S3Request request, Optional<Storage.Stored> stored) {
        boolean match = request.header("If-Match")
                .map(wanted -> stored.isPresent() && matches(wanted, stored.get()))
                .orElse(true);
        boolean noneMatch = request.header("If-None-Match")
                .map(wanted -> stored.isEmpty() || !matches(wanted, stored.get()))
                .orElse(true);
        boolean modified = date(request, "If-Modified-Since")
                .map(since -> stored.isEmpty() || stored.get().lastModified().isAfter(since))
                .orElse(true);
        boolean unmodified = date(request, "If-Unmodified-Since")
                .map(since -> stored.isEmpty() || !stored.get().lastModified().isAfter(since))
                .orElse(true);
        return match && noneMatch && modified && unmodified;
    }

    private static boolean matches(String wanted, Storage.Stored stored) {
        return wanted.strip().equals("*")
                || List.of(Storage.unquoted(wanted).split("\\s*,\\s*")).contains(stored.etag());
    }

    private static Optional<Instant> date(S3Request request, String header) {
        try {
            return request.header(header)
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
