/** How names are led to another machine: what is asked of Cloudflare's API, of name servers and of the machine. */
@NullMarked
package dev.windlass.runbooks.dns;

import org.jspecify.annotations.NullMarked;
