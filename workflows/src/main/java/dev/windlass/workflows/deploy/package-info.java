/** A new version in the place of an old one, without a failed request, undone by itself when it is not healthy. */
@NullMarked
package dev.windlass.workflows.deploy;

import org.jspecify.annotations.NullMarked;
