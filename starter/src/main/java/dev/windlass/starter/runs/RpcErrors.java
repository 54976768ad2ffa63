package dev.windlass.starter.runs;

import dev.windlass.workflows.kernel.Failure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What the SDK throws, as a person should hear it. */
final class RpcErrors {
    private final String address;
    private final String namespace;

    RpcErrors(String address, String namespace) {
        this.address = address;
        this.namespace = namespace;
    }

    <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException thrown) {
            throw translate(thrown);
        }
    }

    RuntimeException translate(Throwable thrown) {
        if (thrown instanceof CompletionException && thrown.getCause() != null) {
            return translate(thrown.getCause());
        }
        if (thrown instanceof Complaint || thrown instanceof ServerLostException) {
            return (RuntimeException) thrown;
        }
        if (thrown instanceof WorkflowFailedException failed) {
            return ofRun(failed);
        }
        if (thrown instanceof WorkflowExecutionAlreadyStarted already) {
            return new TakenIdException(already.getExecution().getWorkflowId());
        }
        if (thrown instanceof WorkflowNotFoundException missing) {
            return notFound(missing.getExecution().getWorkflowId());
        }
        if (thrown instanceof PayloadCodecException || thrown instanceof DataConverterException) {
            return unreadable(thrown);
        }
        Optional<Status> status = statusIn(thrown);
        if (status.isPresent()) {
            return ofStatus(status.get());
        }
        return thrown instanceof RuntimeException unknown ? unknown : new IllegalStateException(thrown);
    }

    private static Complaint unreadable(Throwable thrown) {
        String why = Failure.messageOf(thrown);
        return why.contains("\nhint: ")
                ? Complaint.of(why, "windlass help connection", ExitCode.USAGE)
                : new Complaint(
                        "cannot read what the server keeps: " + why,
                        "where the worker encrypts payloads, give WINDLASS_PAYLOAD_KEYS the worker's value; else check"
                                + " that both have the same version: windlass version",
                        "windlass help connection",
                        ExitCode.USAGE);
    }

    Complaint notFound(String workflowId) {
        return new Complaint(
                "no run " + workflowId + " on " + address + ", namespace " + namespace,
                "list the runs that the server still keeps: windlass runs",
                "windlass help connection",
                ExitCode.NOT_FOUND);
    }

    private static Complaint ofRun(WorkflowFailedException failed) {
        String id = failed.getExecution().getWorkflowId();
        Optional<Failure> ours = Failure.in(failed);
        if (ours.isPresent()) {
            return Complaint.of(ours.get());
        }
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        String look = "look at its steps: windlass run show " + id;
        if (cause instanceof CanceledFailure) {
            return new Complaint(
                    "run " + id + " was cancelled", look, "windlass help exit-codes", ExitCode.ENDED_EARLY);
        }
        if (cause instanceof TerminatedFailure) {
            return new Complaint(
                    "run " + id + " was terminated", look, "windlass help exit-codes", ExitCode.ENDED_EARLY);
        }
        if (cause instanceof TimeoutFailure && cause.getCause() == null) {
            return new Complaint("run " + id + " timed out", look, "windlass help exit-codes", ExitCode.ENDED_EARLY);
        }
        return new Complaint(
                "run " + id + " failed: " + Failure.messageOf(failed),
                look,
                "windlass help exit-codes",
                ExitCode.UNEXPECTED);
    }

    private RuntimeException ofStatus(Status status) {
        String words = Optional.ofNullable(status.getDescription())
                .orElse(status.getCode().name());
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> new ServerLostException(address, words);
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new Complaint(
                        "Temporal at " + address + " refuses: " + words,
                        "check TEMPORAL_API_KEY, TEMPORAL_TLS_… and the namespace",
                        "windlass help connection",
                        ExitCode.OUTSIDE);
            case NOT_FOUND ->
                new Complaint(
                        "not on Temporal at " + address + ", namespace " + namespace + ": " + words,
                        "check the name, and the namespace (--namespace or TEMPORAL_NAMESPACE)",
                        "windlass help connection",
                        ExitCode.NOT_FOUND);
            default ->
                new Complaint(
                        "Temporal at " + address + " answers " + status.getCode() + ": " + words,
                        "see whether the server and its version fit: windlass version",
                        "windlass help connection",
                        ExitCode.OUTSIDE);
        };
    }

    private static Optional<Status> statusIn(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof StatusRuntimeException rpc) {
                return Optional.of(rpc.getStatus());
            }
        }
        return Optional.empty();
    }
}
