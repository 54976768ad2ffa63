package dev.windlass.runbooks.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.page.PlanText;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.Claim;
import dev.windlass.workflows.recovery.LeftToDo;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlanByHandTest {
    private static final Plan PLAN = PlanByHand.example().plan();
    private static final String TEXT = PlanText.of(PlanByHand.written(PlanByHand.example()));

    /** What a launcher that begins meanwhile reads. */
    @Test
    void claimsTheBucketInTheFormThatALauncherReads() throws Exception {
        Step claim = PLAN.step(StepId.of("claim"))
                .fill(new Slots(new TreeMap<>(Map.of(
                        "number", "000012",
                        "person", "ana",
                        "reason", "the disk is gone",
                        "address", "198.51.100.7",
                        "now", "2026-11-24T05:00:00Z"))));
        Channel text = claim.commands().getFirst().input();

        assertThat(PayloadJson.read(((Channel.Text) text).text(), Claim.class))
                .isEqualTo(new Claim(
                        Claim.FORMAT,
                        12,
                        "by-hand",
                        "ana",
                        "the disk is gone",
                        "198.51.100.7",
                        Instant.parse("2026-11-24T05:00:00Z")));
    }

    @Test
    void explainsAllThatIsToFillInAndNothingElse() {
        TreeSet<String> asked = new TreeSet<>();
        Pattern.compile("\\{[a-z]+}")
                .matcher(TEXT.substring(TEXT.indexOf("== Set first")))
                .results()
                .forEach(slot -> asked.add(slot.group()));

        assertThat(PLAN.shown().keySet()).isEqualTo(asked);
    }

    @Test
    void doesAllThatTheRunDoesThere() {
        List<Command> typed =
                PLAN.steps().stream().flatMap(step -> step.commands().stream()).toList();

        // There is no kit that Windlass could come out of: a person installs it as on any machine.
        Set<StepId> outOfTheKit = Set.of(RecoverVpsSteps.WINDLASS, RecoverVpsSteps.WORKER);
        assertThat(PlanByHand.example().left())
                .extracting(LeftToDo::what)
                .anyMatch(what -> what.startsWith(LeftToDo.WINDLASS));
        assertThat(VpsPageSample.plan().steps().stream()
                        .filter(step -> !outOfTheKit.contains(step.id()))
                        .flatMap(step -> step.fill(Slots.of("token", "by-hand")).commands().stream())
                        .filter(command -> !List.of("ssh", "sftp").contains(command.program())))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(typed).contains(command));
    }

    /** Nobody sits at a prompt and asks again and again. */
    @Test
    void waitsForAClusterAndAsksItByTheSocketThatIsOpen() {
        List<Command> typed = PlanByHand.exampleOfACluster().plan().steps().stream()
                .flatMap(step -> {
                    assertThat(step.statements()).isEmpty();
                    return step.commands().stream();
                })
                .toList();

        assertThat(typed)
                .filteredOn(command ->
                        command.argv().contains("start") && command.argv().contains("--wait"))
                .hasSize(1);
        assertThat(typed)
                .filteredOn(command -> command.program().equals("psql"))
                .hasSize(4)
                .allSatisfy(command -> assertThat(command.argv().toString()).contains("user='{superuser}'"));
    }

    @Test
    void comparesEachFileOfTheSet() {
        assertThat(VpsPageSample.manifest().artefacts())
                .allSatisfy(artefact -> assertThat(TEXT)
                        .contains("\n" + artefact.sha256() + "  /var/backups/windlass/" + artefact.key() + "\n"));
    }
}
