package dev.windlass.activities.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A client in a process of its own, to be killed. */
final class UploadingProcess {
    private UploadingProcess() {}

    static Process start(R2 r2, SampleFile file, String key) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UploadingProcess.class.getName(),
                        r2.endpoint(),
                        r2.authority().toString(),
                        file.path().toString(),
                        file.sha256(),
                        key))
                .inheritIO()
                .start();
    }

    public static void main(String... arguments) {
        var settings = R2.settings(arguments[0], R2.BUCKET, "auto", Optional.of(arguments[1]));
        try (S3ObjectStore store = new S3ObjectStore(settings, R2.secrets(), S3Timing.standard())) {
            store.upload(Path.of(arguments[2]), arguments[4], arguments[3], R2.context());
        }
    }
}
