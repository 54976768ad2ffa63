package dev.windlass.workflows.recovery;

import java.util.List;

/** @param tables each table of the request, once */
public record RowsReport(List<BroughtBack> tables) {
    public RowsReport {
        tables = List.copyOf(tables);
    }
}
