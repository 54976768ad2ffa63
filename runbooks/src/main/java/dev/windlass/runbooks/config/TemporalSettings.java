package dev.windlass.runbooks.config;

/** @param address host:port of the frontend */
public record TemporalSettings(String address, String namespace) {}
