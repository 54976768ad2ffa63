package dev.windlass.activities.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.InputWatch;
import dev.windlass.activities.shell.Shell;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.PayloadJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A docker that is asked and answers as docker does, for one service: what Dokploy's double has made of its Swarm, and what
 * docker itself was told since. It goes on while the double is stopped. Other programs run for real.
 */
final class RecordedSwarm implements Shell {
    private final Shell others;
    private final Supplier<Optional<String>> dokploy;
    private final Set<String> failing = new HashSet<>();
    private final List<String> typed = new ArrayList<>();
    private String heard = "";
    private String image;
    private Optional<String> state = Optional.empty();

    /** @param dokploy the line of the double's Swarm; empty while it is stopped */
    RecordedSwarm(Shell others, String image, Supplier<Optional<String>> dokploy) {
        this.others = others;
        this.image = image;
        this.dokploy = dokploy;
    }

    /** @param word such as pull or update */
    synchronized void fail(String word) {
        failing.add(word);
    }

    synchronized void set(String other) {
        image = other;
        state = Optional.of("completed");
    }

    /** Lines of what docker was told to change. */
    synchronized List<String> typed() {
        return List.copyOf(typed);
    }

    synchronized String image() {
        listen();
        return image;
    }

    private void listen() {
        Optional<String> line = dokploy.get();
        if (line.isEmpty() || line.get().equals(heard)) {
            return;
        }
        boolean isFirst = heard.isEmpty();
        heard = line.get();
        JsonNode said = json(heard);
        String update = said.path("update").path("State").asText("");
        if (!isFirst && !update.isEmpty()) {
            image = said.path("image").asText();
            state = Optional.of(update);
        }
    }

    @Override
    public CommandResult run(Command command, StepContext context, InputWatch watch) {
        if (!command.program().equals("docker")) {
            return others.run(command, context, watch);
        }
        context.begun(command);
        return answer(command.argv());
    }

    private synchronized CommandResult answer(List<String> argv) {
        listen();
        if (argv.stream().anyMatch(failing::contains)) {
            return new CommandResult("docker", 1, List.of(), List.of("Error: told to fail"), Optional.empty());
        }
        String what = argv.get(1) + " " + argv.get(2);
        if (what.equals("service update")) {
            typed.add(String.join(" ", argv));
            argv.stream().filter(word -> word.startsWith("--image=")).forEach(word -> set(word.substring(8)));
            return said();
        }
        if (what.equals("service inspect")) {
            return said(inspected());
        }
        if (what.equals("service ps")) {
            return said(task());
        }
        if (what.equals("image inspect")) {
            return said("{\"Test\":[\"CMD\",\"true\"]}");
        }
        if (argv.get(1).equals("pull") || what.startsWith("image ")) {
            typed.add(String.join(" ", argv));
            return said();
        }
        throw new AssertionError("nobody types docker " + argv);
    }

    private String inspected() {
        ObjectNode line = PayloadJson.mapper().createObjectNode().put("image", image);
        line.putNull("update");
        state.ifPresent(now -> line.putObject("update").put("State", now).put("Message", now.replace('_', ' ')));
        line.putObject("health").putArray("Test").add("CMD").add("true");
        return line.put("grace", 10_000_000_000L).toString();
    }

    private String task() {
        return PayloadJson.mapper()
                .createObjectNode()
                .put("Name", DokployBench.SERVICE + ".1")
                .put("Image", image)
                .put("DesiredState", "Running")
                .put("CurrentState", "Running 5 seconds ago")
                .put("Error", "")
                .toString();
    }

    private static CommandResult said(String... lines) {
        return new CommandResult("docker", 0, List.of(lines), List.of(), Optional.empty());
    }

    private static JsonNode json(String line) {
        try {
            return PayloadJson.mapper().readTree(line);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public int fence(StepContext context) {
        return 0;
    }
}
