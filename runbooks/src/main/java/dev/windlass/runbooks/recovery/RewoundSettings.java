package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.protect.ProtectCommands;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import dev.windlass.workflows.recovery.CopySource.Replay;

/**
 * Settings of the cluster that is restored beside the live one. They replace those that came with its files, which are the
 * live server's: where it listens, whose archive it fills, to whom it subscribes.
 */
final class RewoundSettings {
    /** Nobody but who may enter the directory gets to the socket. */
    static final String WHO_MAY_COME_IN = "local all all trust\n";

    private RewoundSettings() {}

    /** The text of postgresql.conf. */
    static String of(String directory, int port, ProtectCommands protection, PointInTime source) {
        Replay replay = source.replay();
        return """
                listen_addresses = ''
                port = %d
                unix_socket_directories = '%s'
                unix_socket_permissions = 0700
                # It must never send what it writes into the archive of the live one.
                archive_mode = off
                restore_command = '%s'
                recovery_target_time = '%s'
                recovery_target_inclusive = on
                recovery_target_timeline = 'latest'
                recovery_target_action = 'promote'
                # Nobody looks before it is there. With hot standby it would refuse to replay with fewer sessions than the live one.
                hot_standby = off
                max_connections = 50
                max_prepared_transactions = %d
                # Every large object and every partition takes a lock.
                max_locks_per_transaction = 1024
                shared_buffers = '128MB'
                max_wal_size = '1GB'
                fsync = off
                full_page_writes = off
                autovacuum = off
                jit = off
                # Shared memory as files of the cluster, so that removing it removes them too.
                dynamic_shared_memory_type = mmap
                # Only what tables cannot be read without; its background jobs must not run here.
                shared_preload_libraries = '%s'
                max_worker_processes = %d
                max_logical_replication_workers = 0
                """.formatted(
                        port,
                        directory,
                        protection.restoreCommand(directory).replace("'", "''"),
                        ProtectCommands.target(source.at()),
                        replay.preparedTransactions(),
                        String.join(",", replay.preload()),
                        replay.preload().isEmpty() ? 8 : 0);
    }
}
