/** What the constructors of controllers ask for by name, since interfaces are gone at run time. */
export const RELEASE = Symbol('release');
