package io.github.captureproxy.examples.store;

import java.util.Optional;

/**
 * How a store is doing.
 *
 * @param rows rows in it, tunnels included that are not listed
 * @param latestId the highest id of a committed row; 0 if there never was one
 * @param fileBytes the size of the database's files
 * @param unindexed rows that a search does not find yet
 * @param problem why nothing is recorded at the moment, in words for a person, with what would mend it; empty if all is
 *     well
 * @param notRecorded exchanges and tunnels that were lost since the store was opened
 */
public record StoreState(
        long rows, long latestId, long fileBytes, long unindexed, Optional<String> problem, long notRecorded) {}
