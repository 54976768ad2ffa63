package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Plan;

/**
 * A plan that a person carries out whole, on a machine where nothing of Windlass is.
 *
 * @param plan what it shows "now" is what to fill in
 * @param credential file on that machine with the recovery credential
 * @param identity file for its age identity
 * @param authority file with the certificate that it names, if it names one
 */
public record HandPlan(Plan plan, String credential, String identity, String authority) {
    PlanWriter writer() {
        return new PlanWriter(plan, new CredentialPlaces(credential, identity, authority));
    }
}
