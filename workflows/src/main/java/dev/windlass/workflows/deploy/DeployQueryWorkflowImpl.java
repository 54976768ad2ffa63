package dev.windlass.workflows.deploy;

public final class DeployQueryWorkflowImpl implements DeployQueryWorkflow {
    @Override
    public ReleaseList list(ReleaseListRequest request) {
        return DeployStubs.planning("list the releases").listReleases(request);
    }
}
