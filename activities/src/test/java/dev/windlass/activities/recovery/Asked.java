package dev.windlass.activities.recovery;

import dev.windlass.workflows.approvals.ApprovalActivities;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.Posting;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.ShowOrder;
import dev.windlass.workflows.approvals.Verification;
import dev.windlass.workflows.approvals.VerifyOrder;
import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.notify.ChannelName;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.NoticeOrder;
import dev.windlass.workflows.notify.NotifyActivities;
import dev.windlass.workflows.notify.PostReceipt;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What people are told and asked, remembered. */
final class Asked implements NotifyActivities, AuditActivities, ApprovalActivities {
    final List<Notice> notices = new CopyOnWriteArrayList<>();
    final List<String> audit = new CopyOnWriteArrayList<>();
    final List<QuestionView> shown = new CopyOnWriteArrayList<>();

    @Override
    public List<ChannelName> channels() {
        return List.of(ChannelName.SLACK);
    }

    @Override
    public PostReceipt post(NoticeOrder order) {
        notices.add(order.notice());
        return new PostReceipt(order.channel(), "1", PostReceipt.Delivery.POSTED);
    }

    @Override
    public void record(AuditEvent event) {
        audit.add(event.kind() + " " + event.what() + " " + event.details());
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
