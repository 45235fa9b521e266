package io.github.captureproxy.examples.store;

import java.util.Optional;

/**
 * A session. Times are in milliseconds, points in time since 1970.
 *
 * @param id its id
 * @param name its name
 * @param target where it records to, such as {@code history}, or the name of a collection
 * @param state where it is in its life
 * @param created when it was made
 * @param runningSince when it was last started or resumed, while it runs
 * @param totalMillis how long it ran in all, up to {@code runningSince}: add the time since then while it runs
 * @param rows its exchanges and tunnels
 */
public record SessionRow(
        long id,
        String name,
        String target,
        SessionState state,
        long created,
        Optional<Long> runningSince,
        long totalMillis,
        int rows) {}
