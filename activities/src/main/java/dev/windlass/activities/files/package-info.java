/** What files are: walked, hashed, written down, and compared with a copy. */
@NullMarked
package dev.windlass.activities.files;

import org.jspecify.annotations.NullMarked;
