package io.github.captureproxy.internal.session;

import io.github.captureproxy.history.SessionCounts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be told of a session without its filter being called, and so also while that hangs.
 *
 * @param name what it is called
 * @param paused true if it takes in nothing that begins now
 * @param counts what it has counted by now
 * @param inFilter how long its filter has been in the call that it is in; zero if it is in none
 * @param problem what ended its writing
 */
public record SessionGlance(
        String name, boolean paused, SessionCounts counts, Duration inFilter, Optional<IOException> problem) {}
