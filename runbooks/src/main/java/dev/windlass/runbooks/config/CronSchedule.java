package dev.windlass.runbooks.config;

import java.time.Duration;
import java.time.ZoneId;

/**
 * @param cron five fields
 * @param catchUp how late a run may start after an outage; older ones are left out
 */
public record CronSchedule(String cron, ZoneId zone, Duration catchUp) {}
