package dev.windlass.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * @param opsFile where ops.yml is
 * @param rest for Spring Boot
 */
record WorkerArguments(String opsFile, String[] rest) {
    static final String VARIABLE = "WINDLASS_OPS_FILE";

    private static final String PROPERTY = "--windlass.ops-file=";
    private static final String DEFAULT = "/etc/windlass/ops.yml";

    static WorkerArguments parse(String[] arguments, Map<String, String> environment) {
        String opsFile = environment.getOrDefault(VARIABLE, DEFAULT);
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--ops") && i + 1 < arguments.length) {
                opsFile = arguments[++i];
            } else if (argument.startsWith("--ops=")) {
                opsFile = argument.substring("--ops=".length());
            } else if (argument.startsWith(PROPERTY)) {
                opsFile = argument.substring(PROPERTY.length());
            } else {
                rest.add(argument);
            }
        }
        return new WorkerArguments(opsFile, rest.toArray(String[]::new));
    }
}
