package dev.windlass.starter;

import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.recovery.TableReference;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The values of options and parameters, each checked by its own record. */
final class Conversions {
    private Conversions() {}

    static void register(CommandLine root) {
        register(root, ArchiveName.class, ArchiveName::new);
        register(root, DatabaseName.class, DatabaseName::new);
        register(root, ClusterName.class, ClusterName::new);
        register(root, StoreName.class, StoreName::new);
        register(root, SecretReference.class, SecretReference::new);
        register(root, SetId.class, SetId::new);
        register(root, AppName.class, AppName::new);
        register(root, EnvironmentName.class, EnvironmentName::new);
        register(root, Version.class, Version::new);
        register(root, TableReference.class, TableReference::new);
        register(root, Address.class, Address::new);
        register(root, Instant.class, Conversions::moment);
    }

    /** To the microsecond: PostgreSQL counts no finer. */
    private static Instant moment(String text) {
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            if (moment.equals(moment.truncatedTo(ChronoUnit.MICROS))) {
                return moment;
            }
        } catch (DateTimeParseException unreadable) {
            // Told below, as what is read and too fine.
        }
        throw new IllegalArgumentException("moment \"" + text
                + "\" must have its time zone, and microseconds at most, such as 2026-11-29T02:00:00Z or"
                + " 2026-11-29T03:00:00+01:00");
    }

    private static <T> void register(CommandLine root, Class<T> type, Function<String, T> constructor) {
        root.registerConverter(type, text -> {
            try {
                return constructor.apply(text);
            } catch (IllegalArgumentException refused) {
                throw new TypeConversionException(String.valueOf(refused.getMessage()));
            }
        });
    }
}
