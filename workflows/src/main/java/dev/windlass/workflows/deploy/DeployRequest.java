package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import java.util.SortedMap;
import java.util.TreeMap;

/** @param version what shall serve when the run is over */
public record DeployRequest(AppName app, EnvironmentName environment, Version version, Requester requester) {
    /** What was asked for, as it is signed and shown. */
    public SortedMap<String, String> asked() {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("app", app.value());
        words.put("environment", environment.value());
        words.put("version", version.value());
        return words;
    }
}
