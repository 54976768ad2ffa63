package dev.windlass.workflows.stagingsync;

public final class ClassifyWorkflowImpl implements ClassifyWorkflow {
    @Override
    public ClassifyAnswer classify(ClassifyRequest request) {
        return StagingSyncStubs.looking("look at schema and classification").classify(request);
    }
}
