package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Effect;
import java.util.ArrayList;
import java.util.List;

/** nginx with the configuration that came back. */
public final class NginxEffects {
    private NginxEffects() {}

    /** @param apps each of which has a file that nginx includes, written by the deploy of the lost machine */
    static List<Effect> start(List<AppOfSet> apps) {
        List<Effect> effects = new ArrayList<>();
        apps.forEach(app -> effects.addAll(app.pointNginx()));
        effects.add(VpsCommands.reads("nginx", "-t"));
        effects.add(VpsCommands.changes("systemctl", "--quiet", "enable", "nginx.service"));
        // What the package started had its own configuration.
        effects.add(VpsCommands.changes("systemctl", "restart", "nginx.service"));
        return effects;
    }
}
