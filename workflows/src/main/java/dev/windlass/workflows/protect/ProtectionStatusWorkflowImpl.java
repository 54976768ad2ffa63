package dev.windlass.workflows.protect;

public final class ProtectionStatusWorkflowImpl implements ProtectionStatusWorkflow {
    @Override
    public ProtectionStatus look(WatchRequest request) {
        return ProtectStubs.looking().look(request);
    }
}
