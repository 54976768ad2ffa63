package dev.windlass.workflows.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.stagingsync.AnonymizationReport.OfTable;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Histories hold what earlier versions wrote. */
class StagingSyncPayloadsTest {
    private static final DataConverter CONVERTER = PayloadJson.dataConverter();

    @Test
    void aScanThatGaveRowsAloneIsAReportOfRows() {
        assertThat(read("4202", AnonymizationReport.class))
                .isEqualTo(new AnonymizationReport("", 4202, List.of(), List.of(), List.of()));
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        AnonymizationReport report = new AnonymizationReport(
                "sha256:0",
                7,
                List.of(new OfTable("app.users", 7, Sorted.of("phone", 1L), Sorted.of(), Sorted.of("phone", "id"))),
                List.of(),
                List.of());
        Payload written = CONVERTER.toPayload(report).orElseThrow();
        assertThat(CONVERTER.fromPayload(written, AnonymizationReport.class, AnonymizationReport.class))
                .isEqualTo(report);
    }

    @Test
    void aTableFromBeforeItSaidWhatIsNumberedHasNone() {
        assertThat(read("{\"table\": \"app.users\", \"rows\": 7, \"masks\": {}, \"kept\": {}}", OfTable.class)
                        .numbered())
                .isEmpty();
    }

    @Test
    void anOutcomeFromBeforeThereWereReportsIsRead() {
        StagingSyncOutcome.Synced now = new StagingSyncOutcome.Synced(
                new DatabaseName("shop"),
                new DatabaseName("shop-staging"),
                new MaskedCopyReport("copy", 1, Sorted.of("app.users", 7L)),
                7,
                "sha256:0",
                "kept",
                List.of(),
                List.of(),
                new PlanDigest("v1:" + "ab".repeat(32)),
                Duration.ofSeconds(42),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        String json = CONVERTER.toPayload(now).orElseThrow().getData().toStringUtf8();
        String before = json.replaceAll(",\"(report|rewritten|flushed|smoked|of)\":(null|\\[])", "");

        assertThat(before).doesNotContain("rewritten", "flushed", "smoked", "\"report\"");
        assertThat(read(before, StagingSyncOutcome.class)).isEqualTo(now);
    }

    private static <T> T read(String json, Class<T> type) {
        Payload payload = Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFromUtf8(json))
                .build();
        return CONVERTER.fromPayload(payload, type, type);
    }
}
