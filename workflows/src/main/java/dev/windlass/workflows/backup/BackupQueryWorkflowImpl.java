package dev.windlass.workflows.backup;

public final class BackupQueryWorkflowImpl implements BackupQueryWorkflow {
    @Override
    public Catalogue list() {
        return BackupStubs.planning("list the sets of every store").listSets();
    }
}
