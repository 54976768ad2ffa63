package dev.windlass.worker;

import dev.windlass.runbooks.config.Operations;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The worker process. */
@SpringBootApplication
public class WorkerApplication {
    /** @param arguments of Spring Boot, such as {@code --server.port=0} */
    static ConfigurableApplicationContext start(
            Operations operations, String[] arguments, Class<?>... moreConfiguration) {
        SpringApplication application = new SpringApplication(WorkerApplication.class);
        application.addPrimarySources(java.util.List.of(moreConfiguration));
        application.setDefaultProperties(Map.of(
                "spring.temporal.connection.target", operations.temporal().address(),
                "spring.temporal.namespace", operations.temporal().namespace()));
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("operations", operations));
        return application.run(arguments);
    }
}
