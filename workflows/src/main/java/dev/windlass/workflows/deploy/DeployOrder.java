package dev.windlass.workflows.deploy;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;
import java.util.Optional;

/** @param step exactly what is done; {@code release} is what it is done for */
public record DeployOrder(
        Step step, AppName app, EnvironmentName environment, Release release, Optional<Release> before) {}
