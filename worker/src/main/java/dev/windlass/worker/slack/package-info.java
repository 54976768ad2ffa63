/**
 * Where clicks in Slack arrive: as signed requests or through Socket Mode, with one handler behind both. It believes ids
 * only, and decides nothing: the question does.
 */
@NullMarked
package dev.windlass.worker.slack;

import org.jspecify.annotations.NullMarked;
