package dev.windlass.workflows.kernel;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** Search attributes of every run. They are stored in clear text, so no personal data goes there. */
public final class RunAttributes {
    public static final SearchAttributeKey<String> APP = SearchAttributeKey.forKeyword("WindlassApp");
    public static final SearchAttributeKey<String> ENVIRONMENT = SearchAttributeKey.forKeyword("WindlassEnvironment");
    public static final SearchAttributeKey<String> VERSION = SearchAttributeKey.forKeyword("WindlassVersion");
    public static final SearchAttributeKey<String> STAGE = SearchAttributeKey.forKeyword("WindlassStage");

    private RunAttributes() {}

    public static List<SearchAttributeKey<String>> all() {
        return List.of(APP, ENVIRONMENT, VERSION, STAGE);
    }
}
