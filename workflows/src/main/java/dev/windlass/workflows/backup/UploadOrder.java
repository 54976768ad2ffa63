package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Step;

/** @param step one MULTIPART_PUT whose key and file hold the slot {@code key}, and a HEAD that checks it */
public record UploadOrder(Step step, SetId set, Artefact artefact) {}
