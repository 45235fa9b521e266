package io.github.captureproxy.junit;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.history.CaptureSession;
import io.github.captureproxy.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one test, or one class, has of a proxy, from its beginning to its end. Safe for any thread. */
final class Capture implements AutoCloseable {
    /** Whose it is. */
    enum Owner {
        /** A class: its tests share it, but for those that run beside each other. */
        CLASS,
        /** A test that has its class's proxy to itself while it runs. */
        TEST,
        /** A test with a proxy of its own. */
        LONE_TEST
    }

    private final Owner owner;
    private final String id;
    private final CaptureProxy proxy;
    private final History history;
    private final Consumer<Traffic> whenClosed;
    private final List<String> broken = new ArrayList<>();
    private long judgedUpTo;
    private volatile @Nullable Throwable failure;
    private volatile boolean open = true;

    private Capture(Owner owner, String id, CaptureProxy proxy, History history, Consumer<Traffic> whenClosed) {
        this.owner = owner;
        this.id = id;
        this.proxy = proxy;
        this.history = history;
        this.whenClosed = whenClosed;
    }

    /** Starts a proxy for a class or a test. */
    static Capture start(Owner owner, String id, ExtensionOptions options) {
        CaptureProxyBuilder builder = CaptureProxy.builder().port(0);
        options.tls().ifPresent(builder::tls);
        options.proxy().forEach(more -> more.accept(builder));
        CaptureProxy started = builder.start();
        return new Capture(owner, id, started, started.history(), traffic -> started.close());
    }

    /**
     * Lends a class's proxy to a test, whose history begins empty: what the test before it has left under way is none of
     * its calls. What came since that test is judged before.
     */
    synchronized Capture lend(String test, TrafficRules rules) {
        broken.addAll(broken(rules));
        proxy.history().clear();
        CaptureSession session =
                proxy.session(test).history(proxy.history().limits()).start();
        Capture lent = new Capture(Owner.TEST, test, proxy, session.history(), traffic -> {
            judged(Traffic.of(history));
            session.close();
        });
        lent.judgedUpTo = judgedUpTo;
        return lent;
    }

    private synchronized void judged(Traffic traffic) {
        judgedUpTo = Math.max(judgedUpTo, traffic.lastId());
    }

    /** Which rules were broken since this was last asked, or since it began. */
    synchronized List<String> broken(TrafficRules rules) {
        Traffic traffic = Traffic.of(history());
        List<String> found = new ArrayList<>(rules.broken(traffic.after(judgedUpTo)));
        judged(traffic);
        return found;
    }

    /** Which rules were broken by what belongs to no test, up to the end of a class. */
    synchronized List<String> brokenBesideTests(TrafficRules rules) {
        broken.addAll(broken(rules));
        return List.copyOf(broken);
    }

    Owner owner() {
        return owner;
    }

    /** JUnit's unique id of the class or test. */
    String id() {
        return id;
    }

    CaptureProxy proxy() {
        return proxy;
    }

    History history() {
        return history;
    }

    /** A part of the test has failed, of which JUnit doesn't tell at its end. */
    void partFailed(Throwable cause) {
        failure = cause;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        whenClosed.accept(Traffic.of(history()));
    }
}
