/** What a person sees who uses nothing but a browser. */
@NullMarked
package dev.windlass.worker.browser;

import org.jspecify.annotations.NullMarked;
