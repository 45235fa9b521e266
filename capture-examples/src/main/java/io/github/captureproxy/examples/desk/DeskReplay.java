package io.github.captureproxy.examples.desk;

import io.github.captureproxy.replay.Replay;
import java.time.Duration;

/** A replay that goes the way that captured requests go: through the same proxy, and trusting the same sites. */
public final class DeskReplay {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private DeskReplay() {}

    /**
     * Made of what the desk runs with now.
     *
     * @param desk what runs
     * @return a replay to the origins
     */
    public static Replay of(Desk desk) {
        Replay replay = Replay.toOrigins().timeout(TIMEOUT);
        Replay trusting = desk.tls().map(tls -> replay.tls(tls.originContext())).orElse(replay);
        return DeskProxy.upstream(desk.settings()).map(trusting::upstream).orElse(trusting);
    }
}
