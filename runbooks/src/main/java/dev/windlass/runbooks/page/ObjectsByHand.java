package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Effect.ObjectCall;
import java.util.ArrayList;
import java.util.List;

/** Operations on stores: the AWS command line for a bucket, plain programs for a directory. */
final class ObjectsByHand {
    private final Places places;

    ObjectsByHand(Places places) {
        this.places = places;
    }

    List<String> words(ObjectCall call) {
        return switch (places.store(call.store())) {
            case Places.Place.Directory directory -> inDirectory(call, directory.path());
            case Places.Place.Bucket bucket -> inBucket(call, bucket);
        };
    }

    private static List<String> inDirectory(ObjectCall call, String directory) {
        String object = directory + "/" + ShellWords.word(call.key());
        return switch (call.verb()) {
            case LIST -> List.of("ls", "-l", object);
            case HEAD -> List.of("stat", object);
            case GET -> List.of("cp", object, file(call));
            case PUT, MULTIPART_PUT ->
                switch (call.condition()) {
                    case NONE -> List.of("cp", file(call), object);
                    case IF_ABSENT -> List.of("cp", "--no-clobber", file(call), object);
                };
            case DELETE -> isFolder(call) ? List.of("rm", "-rf", "--", object) : List.of("rm", "-f", "--", object);
        };
    }

    private static List<String> inBucket(ObjectCall call, Places.Place.Bucket bucket) {
        String key = bucket.prefix() + ShellWords.word(call.key());
        String url = "s3://" + bucket.bucket() + "/" + key;
        return switch (call.verb()) {
            case LIST -> api(bucket, "list-objects-v2", "--prefix", key);
            case HEAD -> api(bucket, "head-object", "--key", key);
            case GET -> api(bucket, "get-object", "--key", key, file(call));
            case PUT ->
                switch (call.condition()) {
                    case NONE -> api(bucket, "put-object", "--key", key, "--body", file(call));
                    case IF_ABSENT ->
                        api(bucket, "put-object", "--key", key, "--body", file(call), "--if-none-match", "'*'");
                };
            // s3api has no single command for an upload in parts.
            case MULTIPART_PUT -> List.of("aws", "s3", "cp", "--endpoint-url", bucket.endpoint(), file(call), url);
            case DELETE ->
                isFolder(call)
                        ? List.of("aws", "s3", "rm", "--recursive", "--endpoint-url", bucket.endpoint(), url)
                        : api(bucket, "delete-object", "--key", key);
        };
    }

    private static List<String> api(Places.Place.Bucket bucket, String operation, String... more) {
        List<String> words = new ArrayList<>(
                List.of("aws", "s3api", operation, "--endpoint-url", bucket.endpoint(), "--bucket", bucket.bucket()));
        words.addAll(List.of(more));
        return words;
    }

    /** Where the plan names no file the content is made in the run; by hand it is a file of the object's own name. */
    private static String file(ObjectCall call) {
        return ShellWords.word(call.file()
                .orElseGet(() -> call.key().substring(call.key().lastIndexOf('/') + 1)));
    }

    private static boolean isFolder(ObjectCall call) {
        return call.key().endsWith("/");
    }
}
