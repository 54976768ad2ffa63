package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import java.util.Optional;

public record RestoreOrder(
        Step step,
        SetId set,
        DatabaseName database,
        String into,
        Manifest manifest,
        StoreName source,
        Optional<SecretReference> identity) {}
