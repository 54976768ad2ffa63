package dev.windlass.worker;

import dev.windlass.workflows.kernel.RunAttributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the search attributes of runs known to Temporal: a run that sets an unknown one stops there. */
final class SearchAttributes {
    private static final Logger LOG = LoggerFactory.getLogger(SearchAttributes.class);

    private SearchAttributes() {}

    /** Adds what is missing, and nothing when nothing is. */
    static void ensure(WorkflowServiceStubs temporal, String namespace) {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(temporal.getRawChannel())
                .validateAndBuildWithDefaults());
        List<String> missing = missing(operator, namespace);
        if (missing.isEmpty()) {
            return;
        }
        AddSearchAttributesRequest.Builder request =
                AddSearchAttributesRequest.newBuilder().setNamespace(namespace);
        missing.forEach(name -> request.putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        try {
            operator.blockingStub().addSearchAttributes(request.build());
            LOG.info("search attributes added: {}", String.join(", ", missing));
        } catch (StatusRuntimeException refused) {
            // Another worker was faster.
            if (refused.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
                throw refused;
            }
        }
    }

    private static List<String> missing(OperatorServiceStubs operator, String namespace) {
        var known = operator.blockingStub()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(namespace)
                        .build())
                .getCustomAttributesMap();
        return RunAttributes.all().stream()
                .map(SearchAttributeKey::getName)
                .filter(name -> !known.containsKey(name))
                .toList();
    }
}
