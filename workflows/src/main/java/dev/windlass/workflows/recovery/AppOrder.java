package dev.windlass.workflows.recovery;

/** @param place whose step is exactly what is done */
public record AppOrder(PlaceOrder place, LostApp app) {}
