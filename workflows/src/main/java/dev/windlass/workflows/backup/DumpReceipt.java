package dev.windlass.workflows.backup;

import java.time.Duration;
import java.util.List;

/** @param artefacts the dump, its facts and the globals of its server */
public record DumpReceipt(DatabaseSummary summary, List<Artefact> artefacts, Duration took) {
    public DumpReceipt {
        artefacts = List.copyOf(artefacts);
    }
}
