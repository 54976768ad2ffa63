package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.ApprovalActivities;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.Posting;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.ShowOrder;
import dev.windlass.workflows.approvals.Verification;
import dev.windlass.workflows.approvals.VerifyOrder;
import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What people are told and asked, remembered. */
public final class People implements NotifyActivities, AuditActivities, ApprovalActivities {
    public static final PersonName ANA = new PersonName("ana");
    public static final PersonName BEN = new PersonName("ben");
    public static final EnvironmentName PROD = new EnvironmentName("prod");

    public final List<String> headlines = new CopyOnWriteArrayList<>();
    public final List<String> lines = new CopyOnWriteArrayList<>();
    public final List<String> audit = new CopyOnWriteArrayList<>();
    public final List<QuestionView> shown = new CopyOnWriteArrayList<>();

    public static ApprovalPolicy policy() {
        return new ApprovalPolicy(PROD, List.of(ANA, BEN), 1, Duration.ofDays(7));
    }

    @Override
    public List<ChannelName> channels() {
        return List.of(ChannelName.SLACK);
    }

    @Override
    public PostReceipt post(NoticeOrder order) {
        headlines.add(order.notice().headline());
        lines.addAll(order.notice().lines());
        return new PostReceipt(order.channel(), "1", PostReceipt.Delivery.POSTED);
    }

    @Override
    public void record(AuditEvent event) {
        audit.add(event.kind() + " " + event.actor() + " " + event.what());
    }

    /** The signature itself is another test's matter: here it says "genuine" or is not. */
    @Override
    public Verification verify(VerifyOrder order) {
        return order.decision().evidence() instanceof Evidence.SshSignature ssh
                        && ssh.signature().equals("genuine")
                ? new Verification.Genuine(ssh.person())
                : new Verification.Worthless(Refusal.BAD_EVIDENCE, "");
    }

    @Override
    public List<Posting> show(ShowOrder order) {
        shown.add(order.view());
        return List.of(new Posting("slack", "C1", "1.1"));
    }
}
