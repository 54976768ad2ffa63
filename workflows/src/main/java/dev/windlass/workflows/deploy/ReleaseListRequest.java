package dev.windlass.workflows.deploy;

import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;

public record ReleaseListRequest(AppName app, EnvironmentName environment) {}
