/** Records of Cloudflare are read and changed, name servers are asked, and machines are, under the names they will have. */
@NullMarked
package dev.windlass.activities.dns;

import org.jspecify.annotations.NullMarked;
