package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.DokployApi.Answer;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Target.Update;
import dev.windlass.runbooks.deploy.DokployCalls;
import java.util.List;

/** Looks at the application of Dokploy before anybody is asked. */
record DokployObserving(Secrets secrets, StepContext context) {
    /**
     * Where Dokploy is away the plan is made all the same: it has a step without Dokploy, and asks again when it comes to
     * that.
     *
     * @param service that ops.yml names
     * @return how it is, for the reader; it may change from one look to the next
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION where Dokploy refuses, or the application is none that can be deployed
     *     to without a gap
     */
    String look(Update.Dokploy dokploy, String service) {
        DokployCalls calls = DokployCalls.of(dokploy);
        try (DokployApi api = new DokployApi(secrets, context, List.of(calls.application()))) {
            return switch (api.call(calls.application())) {
                case Answer.None none ->
                    "does not answer (" + none.reason() + "): the run will ask it again, and then you";
                case Answer.Refused refused ->
                    throw DokployDeploy.refusal(refused.status(), refused.message())
                            .asException();
                case Answer.Given given -> {
                    DokployApplication application = DokployApplication.of(given.body());
                    application.unfit(service).ifPresent(unfit -> {
                        throw unfit.asException();
                    });
                    yield "application " + application.name() + ", set to "
                            + (application.image().isEmpty() ? "no image" : application.image());
                }
            };
        }
    }
}
