package dev.windlass.runbooks.backup;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Condition;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Verb;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;

/** Operations on stores, as values. */
final class ObjectCalls {
    private ObjectCalls() {}

    static ObjectCall list(StoreName store, String prefix) {
        return new ObjectCall(Access.READS, Verb.LIST, store, prefix, Condition.NONE, Optional.empty());
    }

    static ObjectCall head(StoreName store, String key) {
        return new ObjectCall(Access.READS, Verb.HEAD, store, key, Condition.NONE, Optional.empty());
    }

    static ObjectCall get(StoreName store, String key) {
        return new ObjectCall(Access.READS, Verb.GET, store, key, Condition.NONE, Optional.empty());
    }

    static ObjectCall download(StoreName store, String key, String into) {
        return new ObjectCall(Access.READS, Verb.GET, store, key, Condition.NONE, Optional.of(into));
    }

    static ObjectCall putIfAbsent(StoreName store, String key) {
        return new ObjectCall(Access.CHANGES, Verb.PUT, store, key, Condition.IF_ABSENT, Optional.empty());
    }

    static ObjectCall put(StoreName store, String key) {
        return new ObjectCall(Access.CHANGES, Verb.PUT, store, key, Condition.NONE, Optional.empty());
    }

    static ObjectCall multipartPut(StoreName store, String key, String file) {
        return new ObjectCall(Access.CHANGES, Verb.MULTIPART_PUT, store, key, Condition.NONE, Optional.of(file));
    }

    static ObjectCall delete(StoreName store, String key) {
        return new ObjectCall(Access.CHANGES, Verb.DELETE, store, key, Condition.NONE, Optional.empty());
    }
}
