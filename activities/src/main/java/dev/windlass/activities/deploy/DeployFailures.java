package dev.windlass.activities.deploy;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a deploy of a process says when it cannot go on. In each case the old version serves as before. */
final class DeployFailures {
    private DeployFailures() {}

    static ApplicationFailure unknownName(UnknownNameException unknown) {
        return failure(
                FailureType.NOT_FOUND,
                String.valueOf(unknown.getMessage()),
                unknown.hint() + " A new one is added to apps in ops.yml; then restart the worker",
                "unknown-name");
    }

    static ApplicationFailure unknownTarget(AppName app, EnvironmentName environment) {
        return failure(
                FailureType.CONFIGURATION,
                "the target of " + app + " " + environment
                        + " is a service of Docker Swarm, which this release does not deploy",
                "deploy it by hand, or name another target in ops.yml",
                "unknown-name");
    }

    static ApplicationFailure noSuchVersion(ProcessLayout layout, Version version, String others) {
        return failure(
                FailureType.NOT_FOUND,
                "there is no " + layout.artefact(version) + ", and " + layout.releases() + " has no release " + version,
                others.isEmpty() ? "put the artefact there, then deploy again" : others,
                "no-such-version");
    }

    static ApplicationFailure schemaAhead(DeployRequest request, List<String> unfit) {
        return failure(
                FailureType.PRECONDITION,
                "the database of " + request.app() + " " + request.environment() + " has changed since version "
                        + request.version() + " was deployed, and its code may not bear that: "
                        + String.join(", ", unfit),
                "deploy a version that knows the schema, take those back by a new migration, or name what is meant:"
                        + " --accept schema",
                "schema-ahead");
    }

    static ApplicationFailure drillOld(Cluster cluster, Duration since) {
        return failure(
                FailureType.PRECONDITION,
                "no drill has recovered " + cluster.database() + " for " + Quantities.time(since) + ", "
                        + Quantities.time(cluster.limits().drill()) + " is the limit, and cluster " + cluster.name()
                        + " refuses deploys then",
                "windlass drill database " + cluster.database()
                        + " --wait, then deploy again; or, where it cannot wait:" + " --accept drill",
                "drill-old");
    }

    static ApplicationFailure artefactChanged(ProcessLayout layout, Release release) {
        return failure(
                FailureType.ARTEFACT_DAMAGED,
                layout.artefact(release.version()) + " is not what was planned with, " + release.content(),
                "deploy again to plan with what is there now; a version should be built once",
                "artefact-changed");
    }

    static ApplicationFailure releaseGone(ProcessLayout layout, Release release) {
        return failure(
                FailureType.NOT_FOUND,
                "release " + layout.release(release) + " is gone",
                "put " + layout.artefact(release.version()) + " back, then deploy again",
                "no-such-version");
    }

    static ApplicationFailure unreadableArtefact(CommandResult tar, ProcessLayout layout, Release release) {
        return failure(
                FailureType.ARTEFACT_DAMAGED,
                layout.artefact(release.version()) + " cannot be unpacked: " + tar.summary(),
                "build it anew with tar --create --gzip, its files at the top, and deploy that",
                "artefact-changed");
    }

    static ApplicationFailure noSuchUser(ProcessLayout layout) {
        return failure(
                FailureType.PRECONDITION,
                "this machine has no user " + layout.target().user() + " to run " + layout.app() + " as",
                "make it, as in useradd --system --shell /usr/sbin/nologin NAME, or name another one in ops.yml",
                "no-such-user");
    }

    static ApplicationFailure portTaken(ProcessLayout layout, Colour colour, String by) {
        return failure(
                FailureType.PRECONDITION,
                "port " + layout.port(colour) + " of slot " + colour.word() + " is used by " + by,
                "end that program, or give the slot another port in ops.yml",
                "port-taken");
    }

    static ApplicationFailure diskFull(Path directory, long needed, long free) {
        return failure(
                FailureType.DISK_FULL,
                "the release needs up to " + Quantities.bytes(needed) + " in " + directory + ", "
                        + Quantities.bytes(free) + " are free",
                "make room there, or keep fewer releases with keep_releases in ops.yml",
                "disk-full");
    }

    static ApplicationFailure nginxRefuses(CommandResult test) {
        return failure(
                FailureType.PRECONDITION,
                "nginx refuses its configuration: " + lastWords(test),
                "correct the file and line it names until nginx -t is content, then deploy again",
                "nginx-refuses");
    }

    static ApplicationFailure nginxDoesNotRun(String pidFile) {
        return failure(
                FailureType.PRECONDITION,
                "nginx does not run: " + pidFile + " names no process of it",
                "start nginx, see that what serves now is reached through it, then deploy again",
                "nginx-does-not-run");
    }

    static ApplicationFailure nginxStays(String what) {
        return failure(
                FailureType.COMMAND_FAILED,
                "nginx was told to reload and " + what,
                "read nginx's error log; the step is tried again, and what served before is pointed at when it is undone",
                "nginx-does-not-reload");
    }

    static ApplicationFailure otherVersionServes(ProcessLayout layout, Colour colour, Release slot, String reported) {
        return failure(
                FailureType.PRECONDITION,
                "port " + layout.port(colour) + " answers with version " + reported + ", and slot " + colour.word()
                        + " holds " + slot.version(),
                "somebody has started another program there: restart the service " + layout.service(colour)
                        + ", then deploy again",
                "other-version-serves");
    }

    static ApplicationFailure slotUnknown(ProcessLayout layout, Colour colour, String holds) {
        return failure(
                FailureType.PRECONDITION,
                "nginx sends traffic to slot " + colour.word() + ", and " + layout.slot(colour) + " leads to " + holds
                        + ", which is not a release of Windlass",
                "let that link lead to the directory in " + layout.releases() + " that runs, then deploy again",
                "slot-unknown");
    }

    static ApplicationFailure severalServe(ProcessLayout layout) {
        return failure(
                FailureType.PRECONDITION,
                layout.target().nginx().upstreamFile()
                        + " sends traffic to a slot and to another server as well, so nobody can say what serves",
                "leave the one server line of the version that should serve, reload nginx, then deploy again",
                "several-serve");
    }

    static ApplicationFailure slotServes(ProcessLayout layout, Colour colour) {
        return failure(
                FailureType.PRECONDITION,
                "nginx sends traffic to slot " + colour.word() + " already, so " + layout.service(colour)
                        + " is left alone",
                "somebody has changed " + layout.target().nginx().upstreamFile() + " meanwhile: deploy again",
                "slot-serves");
    }

    static ApplicationFailure logUnusable(ProcessLayout layout, String what) {
        return failure(
                FailureType.PRECONDITION,
                "the access log " + layout.target().nginx().log() + " " + what,
                "give nginx the log_format and access_log of ops.example.yml, reload it and call the app once",
                "access-log");
    }

    static ApplicationFailure supervisorDoesNotAnswer(CommandResult look) {
        return failure(
                FailureType.PRECONDITION,
                "the supervisor does not answer: "
                        + (look.output().isEmpty() ? look.summary() : String.join(" / ", look.output())),
                "start it, see that the app runs, then deploy again",
                "supervisor-does-not-answer");
    }

    static ApplicationFailure serviceUnknown(ProcessLayout layout, Colour colour, CommandResult last) {
        return failure(
                FailureType.COMMAND_FAILED,
                layout.service(colour) + " cannot be started: " + last.summary(),
                "see that the supervisor runs and reads " + layout.definitionFile(colour) + ", then retry the step",
                "service-does-not-start");
    }

    static ApplicationFailure serviceStays(ProcessLayout layout, Colour colour, String state) {
        return failure(
                FailureType.COMMAND_FAILED,
                layout.service(colour) + " was told to stop and is " + state,
                "stop it by hand with the commands of the page, then retry the step",
                "service-does-not-stop");
    }

    static ApplicationFailure unreadable(Path file, IOException reason) {
        return failure(
                FailureType.COMMAND_FAILED,
                file + " cannot be read: " + reason.getClass().getSimpleName() + " " + reason.getMessage(),
                "look at the file and at the disk, then retry the step",
                "file-unreadable");
    }

    static ApplicationFailure commandFailed(CommandResult result) {
        return failure(
                FailureType.COMMAND_FAILED,
                result.summary(),
                "read its last words, correct what they name, and retry the step",
                "command-failed");
    }

    static ApplicationFailure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "deploy.md#" + place).asException();
    }

    /** nginx ends with a line that says only that the test failed. */
    private static String lastWords(CommandResult test) {
        return test.errorTail().stream()
                .filter(line -> line.contains("[emerg]") || line.contains("[alert]") || line.contains("[crit]"))
                .reduce((first, second) -> second)
                .orElseGet(test::summary);
    }
}
