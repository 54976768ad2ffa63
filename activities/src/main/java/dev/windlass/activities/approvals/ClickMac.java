package dev.windlass.activities.approvals;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Evidence.SlackClick;
import dev.windlass.workflows.approvals.SignedText;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PlanDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The worker's own signature under a click that it saw. Its key lies in the state directory, root-only, made by whoever
 * needs it first; without reading that file nobody makes up a click, whatever port they reach.
 */
public final class ClickMac {
    private static final int KEY_LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final Path state;
    private final Path file;

    /** @param state the state directory of ops.yml */
    public ClickMac(Path state) {
        this.state = state;
        this.file = state.resolve("approval.key");
    }

    /**
     * @param click with any {@code mac}: it is not part of what is signed
     * @return 64 hex digits
     */
    public String of(
            ApprovalId approval, PlanDigest digest, Verdict verdict, Optional<String> reason, SlackClick click) {
        return HexFormat.of().formatHex(compute(SignedText.ofClick(approval, digest, verdict, reason, click)));
    }

    boolean isGenuine(Decision decision, SlackClick click) {
        String genuine = of(decision.approval(), decision.digest(), decision.verdict(), decision.reason(), click);
        return MessageDigest.isEqual(
                genuine.getBytes(StandardCharsets.UTF_8), click.mac().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] compute(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }

    /** Read at every use: a key that was replaced holds from then on, without a restart. */
    private byte[] key() {
        try {
            if (!Files.exists(file)) {
                make();
            }
            requirePrivate();
            byte[] key = Files.readAllBytes(file);
            if (key.length != KEY_LENGTH) {
                throw broken("has " + key.length + " bytes, not " + KEY_LENGTH);
            }
            return key;
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
    }

    private void make() throws IOException {
        DurableFiles.makeDirectories(state);
        byte[] fresh = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(fresh);
        Path part = DurableFiles.partOf(file);
        try (FileChannel channel = DurableFiles.create(part)) {
            ByteBuffer bytes = ByteBuffer.wrap(fresh);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        // Somebody else may have been quicker: their key stands.
        DurableFiles.publishIfAbsent(part, file);
    }

    private void requirePrivate() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER_"))) {
            throw broken("can be read or written by others than its owner");
        }
    }

    private RuntimeException broken(String fact) {
        return new Failure(
                        FailureType.CONFIGURATION,
                        file + " " + fact,
                        "remove it: a new one is made, and clicks that were not decided yet are pressed again",
                        "approvals.md#click-key")
                .asException();
    }
}
