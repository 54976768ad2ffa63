package dev.windlass.starter.runs;

/** Another run has, or had, the id that was to be given. */
public final class TakenIdException extends RuntimeException {
    private final String workflowId;

    public TakenIdException(String workflowId) {
        super("run " + workflowId + " exists already");
        this.workflowId = workflowId;
    }

    public Complaint complaint() {
        return new Complaint(
                String.valueOf(getMessage()),
                "wait a second and start again, or follow that one: windlass run wait " + workflowId,
                "windlass help exit-codes",
                ExitCode.LOCKED);
    }
}
