@NullMarked
package dev.windlass.testbed.dokploy;

import org.jspecify.annotations.NullMarked;
