package dev.windlass.runbooks.backup;

import dev.windlass.workflows.kernel.Sorted;
import java.util.Map;
import java.util.SortedMap;

/** Settings of a cluster that is thrown away: nothing it writes has to survive a crash. */
final class ScratchSettings {
    private ScratchSettings() {}

    /** The text of postgresql.auto.conf. Slots: {@code preload}, {@code workers}, {@code home}. */
    static String of(String directory) {
        return """
                listen_addresses = ''
                port = %d
                unix_socket_directories = '%s'
                unix_socket_permissions = 0700
                max_connections = 50
                fsync = off
                full_page_writes = off
                synchronous_commit = off
                wal_level = minimal
                max_wal_senders = 0
                max_wal_size = '2GB'
                checkpoint_timeout = '1h'
                autovacuum = off
                jit = off
                shared_buffers = '128MB'
                maintenance_work_mem = '256MB'
                # Every large object and every partition takes a lock.
                max_locks_per_transaction = 1024
                # Shared memory as files of the cluster, so that removing it removes them too.
                dynamic_shared_memory_type = mmap
                # Only what an extension cannot be created without; its background jobs must not run here.
                shared_preload_libraries = '{preload}'
                max_worker_processes = {workers}
                # pg_cron can be created in this database only; without it, a setting that nobody reads.
                cron.database_name = '{home}'
                max_logical_replication_workers = 0
                """.formatted(ScratchCommands.PORT, directory);
    }

    /**
     * Messages in English, since some are compared; errors only, since all that is left is read. A database that is
     * read-only by its own settings must be restorable all the same.
     */
    static SortedMap<String, String> environment() {
        return Sorted.copyOf(Map.of(
                "LC_ALL", "C",
                "PGAPPNAME", "{token}",
                "PGOPTIONS", "-c default_transaction_read_only=off -c client_min_messages=error"));
    }
}
