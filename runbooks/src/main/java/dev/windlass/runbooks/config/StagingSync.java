package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.DatabaseName;
import java.time.Duration;

/**
 * How staging gets a masked copy of a database.
 *
 * @param classification the file that says of every column what becomes of it; absolute path
 * @param target the database that is replaced
 * @param keepOld how long the replaced one can still be had back
 * @param streams tables that are copied at the same time
 */
public record StagingSync(String classification, DatabaseName target, Duration keepOld, int streams) {}
