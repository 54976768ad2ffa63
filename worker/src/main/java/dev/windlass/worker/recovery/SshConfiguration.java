package dev.windlass.worker.recovery;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The file that every ssh of the launcher reads. What it says wins over the person's own file, which it includes. */
record SshConfiguration(LeadHome home, Optional<Path> key, Map<String, String> environment) {
    static final String FILE = "ssh_config";

    void write() {
        StringBuilder text = new StringBuilder("""
                # Written anew at each start of windlass recover vps.
                Host *
                  BatchMode yes
                  StrictHostKeyChecking yes
                  HostKeyAlias %s
                  UserKnownHostsFile "%s"
                  GlobalKnownHostsFile /dev/null
                  UpdateHostKeys no
                  ControlMaster no
                  ControlPath none
                  ConnectTimeout 15
                  ServerAliveInterval 5
                  ServerAliveCountMax 3
                  LogLevel ERROR
                """.formatted(HostKeys.ALIAS, home.file("known_hosts")));
        key.ifPresent(file ->
                text.append("  IdentityFile \"").append(file.toAbsolutePath()).append("\"\n  IdentitiesOnly yes\n"));
        // Programs get a clean environment, without the agent's variable.
        Optional.ofNullable(environment.get("SSH_AUTH_SOCK"))
                .filter(socket -> key.isEmpty() && !socket.contains("\""))
                .ifPresent(socket ->
                        text.append("  IdentityAgent \"").append(socket).append("\"\n"));
        text.append("Include ~/.ssh/config\n");
        home.write(FILE, text.toString());
    }
}
