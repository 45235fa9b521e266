package io.github.captureproxy.internal.config;

import io.github.captureproxy.spi.BodySelector;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is kept of bodies.
 *
 * @param selector which bodies
 * @param maxBytes bytes of one body, in memory or in a file; 0 for none
 * @param budget bytes of heap for the bodies of all exchanges that are in flight
 * @param spillFolder where large bodies go, if they may leave the heap
 * @param spillThreshold bodies of more bytes than this go to a file, where there is a folder
 * @param digests true to make the SHA-256 of each whole body
 */
public record Bodies(
        BodySelector selector,
        long maxBytes,
        long budget,
        Optional<Path> spillFolder,
        long spillThreshold,
        boolean digests) {}
