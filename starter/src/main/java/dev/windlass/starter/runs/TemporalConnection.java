package dev.windlass.starter.runs;

import dev.windlass.workflows.kernel.ClearPayloads;
import dev.windlass.workflows.kernel.PayloadEncryption;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PayloadKeys;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Which server, and as whom. The first that says so counts: the command line; {@code TEMPORAL_ADDRESS}, {@code
 * TEMPORAL_NAMESPACE}, {@code TEMPORAL_TLS_…}, {@code TEMPORAL_API_KEY} and Temporal's own profile file; ops.yml; the
 * default.
 */
public final class TemporalConnection {
    public static final String DEFAULT_ADDRESS = "127.0.0.1:7233";
    public static final String DEFAULT_NAMESPACE = "default";

    /** A cold command line on a busy machine needs longer than the SDK's five seconds. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(30);

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private TemporalConnection() {}

    /** What the command line or ops.yml says; either may say nothing. */
    public record Wish(Optional<String> address, Optional<String> namespace, ClearPayloads clearPayloads) {
        public static final Wish NONE = new Wish(Optional.empty(), Optional.empty(), ClearPayloads.REFUSED);
    }

    public static Runs open(Wish commandLine, Map<String, String> environment, Supplier<Wish> opsFile, Clock clock) {
        ClientConfigProfile profile = profile(environment);
        Optional<String> address = commandLine.address().or(() -> Optional.ofNullable(profile.getAddress()));
        Optional<String> namespace = commandLine.namespace().or(() -> Optional.ofNullable(profile.getNamespace()));
        Wish last = address.isPresent() && namespace.isPresent() ? Wish.NONE : opsFile.get();
        Address target = Address.of(address.or(last::address).orElse(DEFAULT_ADDRESS));
        target.requireListening();
        // No logging: what a person must know is told by the command. SLF4J would say that it found no logger.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // gRPC and its netty report through java.util.logging what we tell the person ourselves.
        LOGGERS.setLevel(Level.OFF);
        WorkflowServiceStubsOptions options = WorkflowServiceStubsOptions.newBuilder(
                        profile.toWorkflowServiceStubsOptions())
                .setTarget(target.toString())
                .setSystemInfoTimeout(FIRST_ANSWER)
                .setRpcTimeout(ANSWER)
                .setRpcQueryTimeout(ANSWER)
                .setRpcRetryOptions(
                        RpcRetryOptions.newBuilder().setExpiration(ANSWER).validateBuildWithDefaults())
                .build();
        WorkflowClient client = WorkflowClient.newInstance(
                WorkflowServiceStubs.newServiceStubs(options),
                WorkflowClientOptions.newBuilder()
                        .setNamespace(namespace.or(last::namespace).orElse(DEFAULT_NAMESPACE))
                        .setDataConverter(dataConverter(environment, opsFile))
                        .build());
        return new TemporalRuns(client, target.toString(), clock);
    }

    /** Kept, for java.util.logging forgets a level with the logger. */
    private static final Logger LOGGERS = Logger.getLogger("io.grpc");

    private static DataConverter dataConverter(Map<String, String> environment, Supplier<Wish> opsFile) {
        try {
            return PayloadKeys.from(environment)
                    .map(keys -> new PayloadEncryption(keys, opsFile.get().clearPayloads()).dataConverter())
                    .orElseGet(PayloadJson::dataConverter);
        } catch (IllegalArgumentException refused) {
            throw Complaint.of(String.valueOf(refused.getMessage()), "windlass help connection", ExitCode.USAGE);
        }
    }

    private static ClientConfigProfile profile(Map<String, String> environment) {
        try {
            return ClientConfigProfile.load(LoadClientConfigProfileOptions.newBuilder()
                    .setEnvOverrides(environment)
                    .build());
        } catch (IOException | RuntimeException unusable) {
            throw new Complaint(
                    "cannot read Temporal's environment configuration: " + unusable.getMessage(),
                    "check the TEMPORAL_… variables and the file that TEMPORAL_CONFIG_FILE names",
                    "windlass help connection",
                    ExitCode.USAGE);
        }
    }
}
