package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.ClearPayloads;

/**
 * @param address host:port of the frontend
 * @param clearPayloads counts only where there are keys
 */
public record TemporalSettings(String address, String namespace, ClearPayloads clearPayloads) {}
