package dev.windlass.runbooks.deploy;

import static dev.windlass.workflows.kernel.FailureType.ARTEFACT_DAMAGED;
import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.CONFIGURATION;
import static dev.windlass.workflows.kernel.FailureType.DISK_FULL;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.STORAGE_UNAVAILABLE;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;

/** What a deploy says when it cannot go on, as the code says it; {@code {…}} stands for a value of the run. */
final class DeployPageFailures {
    private DeployPageFailures() {}

    static List<Failure> ofDeploys() {
        return List.of(
                failure(
                        NOT_FOUND,
                        "ops.yml has no {kind} \"{name}\"; it has {names}",
                        "{suggestion} A new one is added to apps in ops.yml; then restart the worker",
                        "unknown-name"),
                failure(
                        NOT_FOUND,
                        "there is no {artefact}, and {directory} has no release {version}",
                        "put the artefact there, then deploy again",
                        "no-such-version"),
                failure(
                        NOT_FOUND,
                        "release {directory} is gone",
                        "put {artefact} back, then deploy again",
                        "no-such-version"),
                failure(
                        PRECONDITION,
                        "the database of {app} {environment} has changed since version {version} was deployed, and its code"
                                + " may not bear that: {migrations}",
                        "deploy a version that knows the schema, take those back by a new migration, or name what is"
                                + " meant: --accept schema",
                        "schema-ahead"),
                failure(
                        PRECONDITION,
                        "no drill has recovered {database} for {time}, {time} is the limit, and cluster {cluster} refuses"
                                + " deploys then",
                        "windlass drill database {database} --wait, then deploy again; or, where it cannot wait:"
                                + " --accept drill",
                        "drill-old"),
                failure(
                        ARTEFACT_DAMAGED,
                        "{artefact} is not what was planned with, {checksum}",
                        "deploy again to plan with what is there now; a version should be built once",
                        "artefact-changed"),
                failure(
                        ARTEFACT_DAMAGED,
                        "{artefact} cannot be unpacked: {last words}",
                        "build it anew with tar --create --gzip, its files at the top, and deploy that",
                        "artefact-changed"),
                failure(
                        PRECONDITION,
                        "version {version} of {app} {environment} serves again and is not healthy: {reason}",
                        "look at the app's log; when it is well again, windlass resume with --retry",
                        "old-version-not-healthy"),
                failure(
                        PRECONDITION,
                        "the checks of {version} in {repository} are not green: {checks}",
                        "wait for them or mend the commit, then deploy again",
                        "gate-not-green"),
                failure(
                        NOT_FOUND,
                        "{repository} has no commit {version}",
                        "deploy a commit that was pushed; what was built must be named by its SHA",
                        "gate-not-green"),
                failure(
                        CONFIGURATION,
                        "GitHub does not let the token {reference} read the checks of {repository} (status {status})",
                        "give it the permission to read checks of this repository, or correct the repository in ops.yml",
                        "gate-refused"),
                failure(
                        STORAGE_UNAVAILABLE,
                        "GitHub at {api} does not say whether the checks are green: {why}",
                        "deploy again when it answers; a version whose checks nobody knows is not deployed",
                        "gate-unanswered"),
                failure(
                        PRECONDITION,
                        "this machine has no user {user} to run {app} as",
                        "make it, as in useradd --system --shell /usr/sbin/nologin NAME, or name another one in ops.yml",
                        "no-such-user"),
                failure(
                        PRECONDITION,
                        "port {port} of slot {slot} is used by {program}",
                        "end that program, or give the slot another port in ops.yml",
                        "port-taken"),
                failure(
                        DISK_FULL,
                        "the release needs up to {needed} in {directory}, {free} are free",
                        "make room there, or keep fewer releases with keep_releases in ops.yml",
                        "disk-full"),
                failure(
                        PRECONDITION,
                        "nginx refuses its configuration: {last words}",
                        "correct the file and line it names until nginx -t is content, then deploy again",
                        "nginx-refuses"),
                failure(
                        PRECONDITION,
                        "nginx does not run: {file} names no process of it",
                        "start nginx, see that what serves now is reached through it, then deploy again",
                        "nginx-does-not-run"),
                failure(
                        COMMAND_FAILED,
                        "nginx was told to reload and {what}",
                        "read nginx's error log; the step is tried again, and what served before is pointed at when it is undone",
                        "nginx-does-not-reload"),
                failure(
                        PRECONDITION,
                        "port {port} answers with version {version}, and slot {slot} holds {version}",
                        "somebody has started another program there: restart the service {service}, then deploy again",
                        "other-version-serves"),
                failure(
                        PRECONDITION,
                        "nginx sends traffic to slot {slot}, and {link} leads to {directory}, which is not a release of Windlass",
                        "let that link lead to the directory in {directory} that runs, then deploy again",
                        "slot-unknown"),
                failure(
                        PRECONDITION,
                        "{file} sends traffic to a slot and to another server as well, so nobody can say what serves",
                        "leave the one server line of the version that should serve, reload nginx, then deploy again",
                        "several-serve"),
                failure(
                        PRECONDITION,
                        "nginx sends traffic to slot {slot} already, so {service} is left alone",
                        "somebody has changed {file} meanwhile: deploy again",
                        "slot-serves"),
                failure(
                        PRECONDITION,
                        "the access log {file} {what}",
                        "give nginx the log_format and access_log of ops.example.yml, reload it and call the app once",
                        "access-log"),
                failure(
                        PRECONDITION,
                        "the supervisor does not answer: {last words}",
                        "start it, see that the app runs, then deploy again",
                        "supervisor-does-not-answer"),
                failure(
                        COMMAND_FAILED,
                        "{service} cannot be started: {last words}",
                        "see that the supervisor runs and reads {file}, then retry the step",
                        "service-does-not-start"),
                failure(
                        COMMAND_FAILED,
                        "{service} was told to stop and is {state}",
                        "stop it by hand with the commands of the page, then retry the step",
                        "service-does-not-stop"),
                failure(
                        COMMAND_FAILED,
                        "{file} cannot be read: {reason}",
                        "look at the file and at the disk, then retry the step",
                        "file-unreadable"),
                failure(
                        COMMAND_FAILED,
                        "{program} ended with exit code {code}: {last words}",
                        "read its last words, correct what they name, and retry the step",
                        "command-failed"));
    }

    /** Those that a rollback meets most; it is a deploy, so it can meet all of them. */
    static List<Failure> ofRollbacks() {
        return ofDeploys().stream()
                .filter(failure -> failure.anchor().contains("version")
                        || failure.anchor().contains("nginx")
                        || failure.anchor().contains("schema"))
                .toList();
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "deploy.md#" + place);
    }
}
