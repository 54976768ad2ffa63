package dev.windlass.worker.fault;

import java.nio.file.Files;
import java.nio.file.Path;

/** What `mvn package` has made, and the JDK that runs it. */
final class Built {
    private Built() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** @param path from the top of the repository; tests run in their module's directory */
    static Path at(String path) {
        Path built = Path.of("..").resolve(path).toAbsolutePath().normalize();
        if (!Files.exists(built)) {
            throw new IllegalStateException("there is no " + path + "\nhint: mvn -DskipTests package");
        }
        return built;
    }
}
