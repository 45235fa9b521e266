package io.github.captureproxy.tls;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test moves. */
public final class TestClock extends Clock {
    private volatile Instant now;

    /** Starts at a moment. */
    public TestClock(Instant start) {
        this.now = start;
    }

    /** Lets time pass. */
    public void advance(Duration by) {
        now = now.plus(by);
    }

    /** Jumps. */
    public void set(Instant moment) {
        now = moment;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
