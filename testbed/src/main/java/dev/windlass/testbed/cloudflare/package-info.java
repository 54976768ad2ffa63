/** A double of Cloudflare: its API for the records of a zone, its name servers, and its edge. */
@NullMarked
package dev.windlass.testbed.cloudflare;

import org.jspecify.annotations.NullMarked;
