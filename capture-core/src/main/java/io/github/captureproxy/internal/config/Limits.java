package io.github.captureproxy.internal.config;

/**
 * How much of each thing there may be at once.
 *
 * @param connections client connections in all
 * @param connectionsPerClient client connections of one address
 * @param connectionsPerOrigin connections to one origin; further exchanges wait
 * @param idlePerOrigin unused connections kept to one origin
 * @param streams streams of one HTTP/2 connection of a client
 * @param tunnels open CONNECT tunnels and upgraded connections
 * @param headerBytes bytes of a message's head, and of a trailer section
 * @param headerFields fields of a message's head
 * @param ioThreads threads that do I/O
 */
public record Limits(
        int connections,
        int connectionsPerClient,
        int connectionsPerOrigin,
        int idlePerOrigin,
        int streams,
        int tunnels,
        int headerBytes,
        int headerFields,
        int ioThreads) {}
