package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.RunAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;

/** How the in-JVM server is set up for real workflows. */
public final class TestServers {
    private TestServers() {}

    public static TestEnvironmentOptions options() {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                // An activity that is between two attempts counts as nothing to wait for: the server then skips to the
                // end.
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .setIdentity("worker@test")
                        .build());
        RunAttributes.all()
                .forEach(attribute -> options.registerSearchAttribute(
                        attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        return options.build();
    }
}
