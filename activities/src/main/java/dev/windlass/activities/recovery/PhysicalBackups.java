package dev.windlass.activities.recovery;

import dev.windlass.activities.protect.BackRest;
import dev.windlass.runbooks.recovery.ReplayEffects;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.recovery.LostCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The physical backups that WAL can be replayed onto, newest first: where one is damaged, WAL leads on from the one before. */
final class PhysicalBackups {
    private static final Duration WHOLE_RESTORE = Duration.ofHours(11);

    private final LostCluster lost;
    private final List<PhysicalBackup> usable;
    private final List<String> findings = new ArrayList<>();

    /** @throws io.temporal.failure.ApplicationFailure where there is none */
    PhysicalBackups(LostCluster lost, BackRest.Repository repository) {
        this.lost = lost;
        List<PhysicalBackup> old =
                repository.backups().stream().filter(this::isOldEnough).toList();
        if (old.isEmpty()) {
            throw VpsFailures.noPhysicalBackup(lost.stanza(), lost.to());
        }
        this.usable = old.reversed().stream()
                .filter(backup -> !backup.hasPageErrors())
                .toList();
        if (usable.isEmpty()) {
            throw VpsFailures.onlyDamagedBackups(lost.stanza(), labels(old));
        }
        List<PhysicalBackup> passedOver =
                old.stream().dropWhile(each -> !each.equals(newest())).skip(1).toList();
        if (!passedOver.isEmpty()) {
            passOver("there are damaged pages in " + labels(passedOver));
        }
    }

    /** The end is told in whole seconds, rounded down, and what is replayed has to pass it. */
    private boolean isOldEnough(PhysicalBackup backup) {
        return lost.to()
                .map(moment -> backup.end().plusSeconds(1).isBefore(moment))
                .orElse(true);
    }

    private static String labels(List<PhysicalBackup> backups) {
        return backups.stream().map(PhysicalBackup::label).collect(Collectors.joining(", "));
    }

    PhysicalBackup newest() {
        return usable.getFirst();
    }

    /** Why not the newest; a line each. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    private void passOver(String why) {
        findings.add("cluster " + lost.name() + " comes from an older physical backup, for " + why);
    }

    /**
     * @param restore with the slot {@value ReplayEffects#BACKUP}
     * @return the one that is there now
     * @throws io.temporal.failure.ApplicationFailure where all are damaged, or pgBackRest fails for another reason
     */
    PhysicalBackup restore(Command restore, BackRest backRest) {
        List<String> damaged = new ArrayList<>();
        for (PhysicalBackup backup : usable) {
            Command filled =
                    (Command) Slots.of(ReplayEffects.BACKUP, backup.label()).fill(restore);
            Optional<String> damage = backRest.restore(filled, WHOLE_RESTORE);
            if (damage.isEmpty()) {
                return backup;
            }
            damaged.add(backup.label() + ": " + damage.get());
            passOver(backup.label() + " is damaged: " + damage.get());
        }
        throw VpsFailures.noBackupRestores(lost.stanza(), String.join("; ", damaged));
    }
}
