package dev.windlass.activities.deploy;

/**
 * Where a registry answers for a repository.
 *
 * @param repository {@code https://ghcr.io/v2/acme/shop}
 * @param isHere whether it is on this machine, where plain HTTP is spoken, as docker does
 */
record RegistryAddress(String repository, boolean isHere) {
    private static final String HUB = "docker.io/";

    /** @param repository with its host: {@code ghcr.io/acme/shop} */
    static RegistryAddress of(String repository) {
        // Docker Hub is the only one whose images are named after another host than the one that answers.
        if (repository.startsWith(HUB)) {
            String name = repository.substring(HUB.length());
            return new RegistryAddress(
                    "https://registry-1.docker.io/v2/" + (name.contains("/") ? name : "library/" + name), false);
        }
        int slash = repository.indexOf('/');
        String host = repository.substring(0, slash);
        boolean isHere = isThisMachine(host.replaceFirst(":\\d+$", ""));
        return new RegistryAddress(
                (isHere ? "http://" : "https://") + host + "/v2/" + repository.substring(slash + 1), isHere);
    }

    static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
