package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.config.Target.Ports;
import java.util.Locale;

/** The two slots of an app. */
public enum Colour {
    BLUE,
    GREEN;

    public Colour other() {
        return switch (this) {
            case BLUE -> GREEN;
            case GREEN -> BLUE;
        };
    }

    public int port(Ports ports) {
        return switch (this) {
            case BLUE -> ports.blue();
            case GREEN -> ports.green();
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
