package dev.windlass.worker.payloads;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.PayloadEncryption;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PayloadKeys;
import io.temporal.common.converter.DataConverter;
import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Payloads in clear text, or encrypted when there are keys; then the Temporal UI gets an endpoint to read them. */
@Configuration(proxyBeanMethods = false)
class PayloadsConfiguration {
    @Bean
    DataConverter mainDataConverter(ObjectProvider<PayloadEncryption> encryption) {
        PayloadEncryption present = encryption.getIfAvailable();
        return present == null ? PayloadJson.dataConverter() : present.dataConverter();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(PayloadKeys.VARIABLE)
    static class Encrypted {
        @Bean
        PayloadEncryption payloadEncryption(Environment environment, Operations operations) {
            return new PayloadEncryption(
                    PayloadKeys.parse(environment.getRequiredProperty(PayloadKeys.VARIABLE)),
                    operations.temporal().clearPayloads());
        }

        @Bean
        WebMvcConfigurer codecAccess(Operations operations) {
            Optional<String> origin = operations.notifications().temporalUi().map(Encrypted::originOf);
            return new WebMvcConfigurer() {
                @Override
                public void addCorsMappings(CorsRegistry registry) {
                    origin.ifPresent(allowed -> registry.addMapping("/codec/**")
                            .allowedOrigins(allowed)
                            .allowedMethods("POST")
                            .allowedHeaders("content-type", "x-namespace"));
                }

                @Override
                public void addInterceptors(InterceptorRegistry registry) {
                    registry.addInterceptor(new LoopbackOnly()).addPathPatterns("/codec/**");
                }
            };
        }

        private static String originOf(String url) {
            URI uri = URI.create(url);
            return uri.getScheme() + "://" + uri.getRawAuthority();
        }
    }
}
