package dev.windlass.worker;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The worker process. ops.yml is {@code --ops FILE}, else WINDLASS_OPS_FILE, else {@code /etc/windlass/ops.yml}.
 *
 * <p>Exit codes: 2 when ops.yml is refused, 143 after SIGTERM.
 */
@SpringBootApplication
public class WorkerApplication {
    private static final int REFUSED = 2;

    public static void main(String[] arguments) {
        WorkerArguments parsed = WorkerArguments.parse(arguments, System.getenv());
        switch (OpsFile.read(Path.of(parsed.opsFile()))) {
            case OpsFileReading.Accepted accepted -> start(accepted.operations(), parsed.opsFile(), parsed.rest());
            case OpsFileReading.Refused refused -> {
                System.err.println(refused.text());
                System.exit(REFUSED);
            }
        }
    }

    /** Without a file: what is asked of today's ops.yml is answered from these operations. */
    static ConfigurableApplicationContext start(
            Operations operations, String[] arguments, Class<?>... moreConfiguration) {
        return start(operations, "", arguments, moreConfiguration);
    }

    /** @param arguments of Spring Boot, such as {@code --server.port=0} */
    static ConfigurableApplicationContext start(
            Operations operations, String opsFile, String[] arguments, Class<?>... moreConfiguration) {
        SpringApplication application = new SpringApplication(WorkerApplication.class);
        application.addPrimarySources(java.util.List.of(moreConfiguration));
        application.setDefaultProperties(Map.of(
                "spring.temporal.connection.target", operations.temporal().address(),
                "spring.temporal.namespace", operations.temporal().namespace(),
                "windlass.ops-file", opsFile));
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("operations", operations));
        return application.run(arguments);
    }
}
