package dev.windlass.workflows.deploy;

import java.util.Optional;

/**
 * What serves in an environment.
 *
 * @param address the base URL at which it is asked, without / at the end
 * @param version as it answers itself; empty when it did not when it was looked at
 */
public record RunningApp(String address, Optional<String> version) {}
