package dev.windlass.workflows.recovery;

/**
 * What became of the missing rows of one table.
 *
 * @param back how many are there again
 * @param blocked how many are not, since another row has the same unique value
 */
public record BroughtBack(TableReference table, long back, long blocked) {
    public String words() {
        return table + ": " + back + (back == 1 ? " row" : " rows") + " back"
                + (blocked == 0 ? "" : ", " + blocked + " not, since another row has the same unique value");
    }
}
