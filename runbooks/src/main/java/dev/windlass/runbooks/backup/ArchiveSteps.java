package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files in a set: how they are read, sent, and proven by unpacking them. */
final class ArchiveSteps {
    private static final HostName HERE = new HostName("local");

    /** Of GNU tar: something changed while it was read. Which files those were, their times tell. */
    private static final int SOME_FILES_DIFFER = 1;

    private static final String[] UNPACKING = {"set", "token", PlanSlots.FILES, PlanSlots.INVENTORY};

    private final Operations operations;

    ArchiveSteps(Operations operations) {
        this.operations = operations;
    }

    Step archive(ArchiveObservation seen, List<String> recipients) {
        return Step.of(
                        BackupSteps.archive(seen.archive()),
                        "Archive " + seen.archive() + ", with the facts of every file",
                        List.of(
                                pack(seen, recipients),
                                ObjectCalls.putIfAbsent(BackupPolicy.LOCAL, BackupKeys.inventory(seen.archive()))))
                .withPrecondition(
                        String.join(" and ", seen.paths()) + (seen.paths().size() == 1 ? " is" : " are") + " there")
                .withSlots("set", "recipient", "attempt", "token");
    }

    /** Names are kept relative to the root, so that they can be unpacked anywhere. */
    private Command pack(ArchiveObservation seen, List<String> recipients) {
        List<String> argv =
                new ArrayList<>(BackupCommands.lowPriority(operations.backup().priority()));
        argv.addAll(List.of(
                "tar",
                "--create",
                "--file=-",
                "--format=posix",
                "--sort=name",
                "--acls",
                "--xattrs",
                "--anchored",
                "--no-wildcards"));
        seen.exclude().forEach(left -> argv.add("--exclude=" + left.substring(1)));
        argv.addAll(List.of("--directory=/", "--"));
        seen.paths().forEach(path -> argv.add(path.substring(1)));
        BackupPolicy policy = operations.backup();
        return command(
                        argv,
                        new Channel.None(),
                        new Channel.SealedFile(
                                policy.directory() + "/" + BackupKeys.files(seen.archive()),
                                policy.zstdLevel(),
                                recipients))
                .tolerating(SOME_FILES_DIFFER);
    }

    Step upload(ArchiveName archive, StoreName store) {
        List<Effect> effects = new ArrayList<>();
        for (String key : List.of(BackupKeys.files(archive), BackupKeys.inventory(archive))) {
            effects.add(ObjectCalls.multipartPut(store, key, operations.backup().directory() + "/" + key));
            effects.add(ObjectCalls.head(store, key));
        }
        return Step.of(BackupSteps.uploadArchive(archive), "Send the files of " + archive + " to " + store, effects)
                .withSlots("set", "attempt");
    }

    /** Slots: {@code set}, {@code token}, and {@code files}, {@code inventory} for the keys in the set. */
    Step prove(ArchiveName archive, StoreName source, Optional<SecretReference> identity) {
        String unpacked = scratch() + "/unpacked";
        List<Effect> effects = new ArrayList<>(fetch(source));
        effects.add(makeDirectory(unpacked));
        effects.add(unpack(unpacked, opened(source, identity)));
        effects.add(remove(scratch()));
        return Step.of(
                        BackupSteps.proveArchive(archive),
                        "Unpack " + archive + " from "
                                + (source.equals(BackupPolicy.LOCAL) ? "the encrypted file" : source)
                                + " into a scratch directory and compare",
                        effects)
                .withUndo(List.of(remove(scratch())))
                .withSlots(UNPACKING);
    }

    /** Grows under a name of this run and is renamed when it is whole: nobody ever sees half of it. Slots as of a proof. */
    Step restore(ArchiveName archive, String into, StoreName source, Optional<SecretReference> identity) {
        String growing = into + ".{token}";
        List<Effect> effects = new ArrayList<>(fetch(source));
        effects.add(makeDirectory(growing));
        effects.add(unpack(growing, opened(source, identity)));
        // Where something is there after all, mv leaves both alone; that is looked at afterwards.
        effects.add(command(
                List.of("mv", "--no-clobber", "--no-target-directory", "--", growing, into), new Channel.None()));
        effects.add(remove(scratch()));
        return Step.of(
                        BackupSteps.RESTORE_FILES,
                        "Unpack " + archive + " into the new directory " + into + " and compare",
                        effects)
                .withPrecondition("nothing is at " + into + ", and its file system has room")
                .withUndo(List.of(remove(growing), remove(scratch())))
                .withSlots(UNPACKING);
    }

    private String scratch() {
        return ScratchCommands.directoryIn(operations.backup().scratch().directory());
    }

    private List<Effect> fetch(StoreName source) {
        List<Effect> effects = new ArrayList<>();
        effects.add(command(List.of("install", "-d", "-m", "0700", "--", scratch()), new Channel.None()));
        if (!source.equals(BackupPolicy.LOCAL)) {
            for (String slot : List.of("{inventory}", "{files}")) {
                effects.add(ObjectCalls.download(source, slot, stored(source) + "/" + slot));
            }
        }
        return effects;
    }

    /** Where the set's files can be read. */
    private String stored(StoreName source) {
        return source.equals(BackupPolicy.LOCAL) ? operations.backup().directory() : scratch() + "/fetched";
    }

    private Channel.OpenedFile opened(StoreName source, Optional<SecretReference> identity) {
        SecretReference own = new SecretReference("file:" + operations.state() + "/" + BackupKeys.identity());
        return new Channel.OpenedFile(stored(source) + "/{files}", identity.orElse(own));
    }

    private static Command makeDirectory(String directory) {
        return command(List.of("mkdir", "-m", "0700", "--", directory), new Channel.None());
    }

    private static Command remove(String directory) {
        return command(List.of("rm", "-rf", "--", directory), new Channel.None());
    }

    /** What root unpacks gets its owners back, by name where this machine knows the name. */
    private Command unpack(String directory, Channel.OpenedFile files) {
        List<String> argv =
                new ArrayList<>(BackupCommands.lowPriority(operations.backup().priority()));
        argv.addAll(List.of(
                "tar",
                "--extract",
                "--file=-",
                "--preserve-permissions",
                "--acls",
                "--xattrs",
                "--directory=" + directory));
        return command(argv, files);
    }

    private static Command command(List<String> argv, Channel input) {
        return command(argv, input, new Channel.None());
    }

    private static Command command(List<String> argv, Channel input, Channel output) {
        return new Command(Access.CHANGES, HERE, argv, Sorted.of("LC_ALL", "C"), Sorted.of(), input, output);
    }
}
