package dev.windlass.worker.fault;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.windlass.workflows.kernel.Ports;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.temporal.api.command.v1.Command;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the worker and Temporal and passes every call on as it is. It can hold what the worker reports of one step of
 * one run, so that somebody can be killed between what was done and what Temporal knows of it.
 */
final class TemporalGate implements AutoCloseable {
    private static final int LARGEST_MESSAGE_BYTES = 128 << 20;
    private static final Context.Key<Metadata> HEADERS = Context.key("headers");

    /** Which report is held: that the run has decided to do a step, or that the step is done. */
    enum Side {
        BEFORE,
        AFTER
    }

    private final ManagedChannel temporal;
    private final Server server;
    private final List<Hold> holds = new CopyOnWriteArrayList<>();

    TemporalGate(int temporalPort) throws IOException {
        temporal = NettyChannelBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), temporalPort))
                .usePlaintext()
                .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()))
                .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
                // Temporal's clients send keep-alives more often than gRPC's servers like.
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .fallbackHandlerRegistry(new Everything())
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    /** @param activity the type of the activity that does the step */
    Hold hold(String workflowId, String activity, Side side) {
        Hold hold = new Hold(workflowId, activity, side);
        holds.add(hold);
        return hold;
    }

    /** What is held goes on its way. */
    void release() {
        end(Hold.End.PASSED_ON);
    }

    /** What is held is never heard of, as when its sender dies before it is sent. */
    void drop() {
        end(Hold.End.DROPPED);
    }

    private void end(Hold.End end) {
        holds.forEach(hold -> hold.end(end));
        holds.clear();
    }

    @Override
    public void close() {
        drop();
        server.shutdownNow();
        temporal.shutdownNow();
    }

    private void pass(MethodDescriptor<byte[], byte[]> method, byte[] request, StreamObserver<byte[]> answers) {
        String name = String.valueOf(method.getBareMethodName());
        for (Hold hold : holds) {
            if (hold.isFor(name, request) && hold.await() == Hold.End.DROPPED) {
                answers.onError(Status.UNAVAILABLE
                        .withDescription("dropped by the test")
                        .asRuntimeException());
                return;
            }
        }
        ClientCalls.asyncUnaryCall(
                io.grpc.ClientInterceptors.intercept(temporal, MetadataUtils.newAttachHeadersInterceptor(HEADERS.get()))
                        .newCall(method, CallOptions.DEFAULT),
                request,
                answers);
    }

    /** Every method of Temporal's that a worker or a command calls has one request and one answer. */
    private final class Everything extends HandlerRegistry {
        @Override
        public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
            MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(name)
                    .setRequestMarshaller(new Bytes())
                    .setResponseMarshaller(new Bytes())
                    .build();
            var handler =
                    ServerCalls.<byte[], byte[]>asyncUnaryCall((request, answers) -> pass(method, request, answers));
            return ServerMethodDefinition.create(
                    method,
                    (call, headers) -> Contexts.interceptCall(
                            Context.current().withValue(HEADERS, headers), call, headers, handler));
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** One report that does not reach Temporal for now. */
    static final class Hold {
        enum End {
            PASSED_ON,
            DROPPED
        }

        private final ByteString workflowId;
        private final String activity;
        private final Side side;
        private final CountDownLatch isReached = new CountDownLatch(1);
        private final CountDownLatch isEnded = new CountDownLatch(1);
        private volatile End end = End.PASSED_ON;

        Hold(String workflowId, String activity, Side side) {
            this.workflowId = ByteString.copyFromUtf8(workflowId);
            this.activity = activity;
            this.side = side;
        }

        void awaitReached() throws InterruptedException, TimeoutException {
            if (!isReached.await(120, TimeUnit.SECONDS)) {
                throw new TimeoutException("nothing is held " + this);
            }
        }

        private boolean isFor(String method, byte[] request) {
            try {
                return switch (side) {
                    case BEFORE ->
                        method.equals("RespondWorkflowTaskCompleted")
                                && decides(RespondWorkflowTaskCompletedRequest.parseFrom(request));
                    case AFTER ->
                        method.equals("RespondActivityTaskCompleted")
                                && isDone(RespondActivityTaskCompletedRequest.parseFrom(request)
                                        .getTaskToken());
                };
            } catch (InvalidProtocolBufferException notTemporals) {
                throw new IllegalStateException(notTemporals);
            }
        }

        private boolean decides(RespondWorkflowTaskCompletedRequest request) {
            return holds(request.getTaskToken(), workflowId)
                    && request.getCommandsList().stream()
                            .filter(Command::hasScheduleActivityTaskCommandAttributes)
                            .anyMatch(command -> command.getScheduleActivityTaskCommandAttributes()
                                    .getActivityType()
                                    .getName()
                                    .equals(activity));
        }

        /** Temporal's token is nobody's to read, but the names in it stand there as they are. */
        private boolean isDone(ByteString token) {
            return holds(token, workflowId) && holds(token, ByteString.copyFromUtf8(activity));
        }

        private static boolean holds(ByteString text, ByteString part) {
            for (int at = 0; at + part.size() <= text.size(); at++) {
                if (text.substring(at, at + part.size()).equals(part)) {
                    return true;
                }
            }
            return false;
        }

        private End await() {
            isReached.countDown();
            try {
                isEnded.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                return End.DROPPED;
            }
            return end;
        }

        private void end(End how) {
            end = how;
            isEnded.countDown();
        }

        @Override
        public String toString() {
            return side + " " + activity + " of " + workflowId.toStringUtf8();
        }
    }
}
