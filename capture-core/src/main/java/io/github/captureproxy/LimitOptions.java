package io.github.captureproxy;

import io.github.captureproxy.internal.config.Limits;

/** How much of each thing there may be at once, as the builder collects it. */
final class LimitOptions {
    /** More than the descriptors of any one process: the operating system's limit is the one that counts. */
    private static final int MANY = 1_000_000;

    /** A thread serves thousands of connections: more of them than this only take turns. */
    private static final int MAX_IO_THREADS = 64;

    // An idle connection costs at most 20 KB of heap: 200 MB at the default.
    final NumberOption connections =
            NumberOption.named("maxConnections", "connections").within(1, MANY, 10_000);

    // A single client, such as a load test, may use all that there is.
    final NumberOption connectionsPerClient =
            NumberOption.named("maxConnectionsPerClient", "connections").within(1, MANY, 10_000);

    final NumberOption connectionsPerOrigin =
            NumberOption.named("maxConnectionsPerOrigin", "connections").within(1, MANY, 1_000);

    // What a busy client uses at once; the rest of a burst need not be kept.
    final NumberOption idlePerOrigin =
            NumberOption.named("maxIdlePerOrigin", "connections").within(0, MANY, 64);

    // More than browsers use; gRPC clients wait for a place where an origin has no limit of its own.
    final NumberOption streams =
            NumberOption.named("maxStreamsPerConnection", "streams").within(1, 10_000, 256);

    final NumberOption tunnels = NumberOption.named("maxTunnels", "tunnels").within(1, MANY, 5_000);

    // Servers commonly take 8 to 64 KiB: a proxy that refuses what they take is in the way.
    final NumberOption headerBytes =
            NumberOption.named("maxHeaderBytes", "bytes").within(1 << 10, 16 << 20, 64 << 10);

    final NumberOption headerFields =
            NumberOption.named("maxHeaderFields", "fields").within(10, 100_000, 500);

    final NumberOption ioThreads = NumberOption.named("ioThreads", "threads")
            .within(
                    1,
                    MAX_IO_THREADS,
                    Math.min(MAX_IO_THREADS, Runtime.getRuntime().availableProcessors()));

    Limits build(Problems problems) {
        if (idlePerOrigin.isSet() && idlePerOrigin.get() > connectionsPerOrigin.get()) {
            problems.add(
                    idlePerOrigin.name(),
                    idlePerOrigin.get(),
                    "there are no more than maxConnectionsPerOrigin(" + connectionsPerOrigin.get()
                            + ") to keep: give at most that, or raise that");
        }
        int total = connections.checkedInt(problems);
        int perClient = connectionsPerClient.checkedInt(problems);
        int perOrigin = connectionsPerOrigin.checkedInt(problems);
        return new Limits(
                total,
                connectionsPerClient.isSet() ? Math.min(perClient, total) : total,
                perOrigin,
                Math.min(idlePerOrigin.checkedInt(problems), perOrigin),
                streams.checkedInt(problems),
                tunnels.checkedInt(problems),
                headerBytes.checkedInt(problems),
                headerFields.checkedInt(problems),
                ioThreads.checkedInt(problems));
    }
}
