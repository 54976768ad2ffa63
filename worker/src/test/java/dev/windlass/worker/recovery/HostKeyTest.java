package dev.windlass.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostKeyTest {
    private static final String BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    @Test
    void hasTheFingerprintThatSshKeygenShows() {
        // github.com's, as GitHub publishes it.
        assertThat(HostKey.parse("github.com ssh-ed25519 " + BLOB))
                .hasValueSatisfying(key ->
                        assertThat(key.fingerprint()).isEqualTo("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU"));
    }

    @Test
    void readsNoComment() {
        assertThat(HostKey.parse("# 203.0.113.9:22 SSH-2.0-OpenSSH_9.2p1")).isEmpty();
        assertThat(HostKey.parse("")).isEmpty();
    }
}
