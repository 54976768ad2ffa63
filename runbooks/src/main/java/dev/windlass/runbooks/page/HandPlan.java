package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Plan;

/**
 * A plan that a person carries out whole, on a machine where nothing of Windlass is.
 *
 * @param plan what it shows "now" is what to fill in
 */
public record HandPlan(Plan plan, Files files) {
    /**
     * Where things lie on that machine.
     *
     * @param credential put there by the person
     * @param authority put there as well, where the credential names a certificate
     * @param identity written out of the credential, as are the two keys
     */
    public record Files(String credential, String authority, String identity, String accessKey, String secretKey) {}

    PlanWriter writer() {
        return new PlanWriter(plan, new CredentialPlaces(files));
    }
}
