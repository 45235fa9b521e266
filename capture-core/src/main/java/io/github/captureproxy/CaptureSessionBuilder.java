package io.github.captureproxy;

import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.export.ExportFormat;
import io.github.captureproxy.history.CaptureSession;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.internal.address.Cidr;
import io.github.captureproxy.internal.server.ProxyServer;
import io.github.captureproxy.internal.session.Binding;
import io.github.captureproxy.internal.session.RunningSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link CaptureSession} is told. Unless told otherwise it keeps every exchange of its proxy, within the
 * default limits. Not safe for use by several threads.
 */
public final class CaptureSessionBuilder {
    private final ProxyServer server;
    private final String name;
    private ExchangeFilter filter = ExchangeFilter.any();
    private Optional<String> label = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<Cidr> client = Optional.empty();
    private HistoryLimits limits = HistoryLimits.defaults();
    private Target target = () -> null;

    CaptureSessionBuilder(ProxyServer server, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a session's name is blank: give it one, such as checkout");
        }
        this.server = server;
        this.name = name;
    }

    /**
     * Keeps only what a filter lets in; what it leaves out is counted by the part that did.
     *
     * @param value the filter; called on the session's thread and on those that read its history, one at a time
     * @return this
     */
    public CaptureSessionBuilder filter(ExchangeFilter value) {
        this.filter = Objects.requireNonNull(value, "filter");
        return this;
    }

    /**
     * Hears only of what comes in on one listening address.
     *
     * @param value the address's label
     * @return this
     * @throws IllegalArgumentException if the proxy has no such address
     */
    public CaptureSessionBuilder label(String value) {
        if (!server.addresses().containsKey(value)) {
            throw new IllegalArgumentException("session '" + name + "': the proxy listens on no address labelled '"
                    + value + "': give one of " + server.addresses().keySet());
        }
        this.label = Optional.of(value);
        return this;
    }

    /**
     * Hears only of one proxy user.
     *
     * @param value the user name that its clients authenticate with
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public CaptureSessionBuilder user(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("session '" + name + "': the user is empty: give a user name");
        }
        this.user = Optional.of(value);
        return this;
    }

    /**
     * Hears only of one client, or of those in a network.
     *
     * @param value an IP address, or a network such as {@code 10.0.0.0/8}
     * @return this
     * @throws IllegalArgumentException if it is neither
     */
    public CaptureSessionBuilder client(String value) {
        try {
            this.client = Optional.of(Cidr.parse(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "session '" + name + "': client " + e.getMessage() + ": give one such as 10.1.2.3 or 10.0.0.0/8",
                    e);
        }
        return this;
    }

    /**
     * Sets how much the session's history keeps; what is written does not depend on it.
     *
     * @param value the limits; {@link HistoryLimits#defaults()} unless set
     * @return this
     */
    public CaptureSessionBuilder history(HistoryLimits value) {
        this.limits = Objects.requireNonNull(value, "limits");
        return this;
    }

    /**
     * Also writes what the session keeps, as it comes: on a thread of the session's own, flushed whenever nothing more
     * waits, so that a crash costs no more than what had just ended. If writing fails, the session goes on without it:
     * see {@link CaptureSession#problem()}.
     *
     * @param value the writer; from the start on it is the session's, which closes it
     * @return this
     */
    public CaptureSessionBuilder to(ExchangeWriter value) {
        Objects.requireNonNull(value, "writer");
        this.target = () -> value;
        return this;
    }

    /**
     * Also writes what the session keeps to a file that its owner alone can read; as {@link #to(ExchangeWriter)}, which
     * this replaces.
     *
     * @param format what it is written in, such as {@code Export.jsonLines()}
     * @param file where to; opened at the start
     * @return this
     */
    public CaptureSessionBuilder to(ExportFormat format, Path file) {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(file, "file");
        this.target = () -> format.open(file);
        return this;
    }

    /**
     * Starts the session: it takes in each exchange whose request comes in from now on.
     *
     * @return the session; to be closed, and closed with its proxy at the latest
     * @throws IllegalStateException if the proxy is closed
     * @throws UncheckedIOException if the file cannot be written, or is there already and the format does not append
     */
    public CaptureSession start() {
        Binding binding = new Binding(label, user, client);
        ExchangeWriter writer;
        try {
            writer = target.open();
        } catch (IOException e) {
            throw new UncheckedIOException("session '" + name + "' cannot start: " + e.getMessage(), e);
        }
        return RunningSession.start(
                new RunningSession.Plan(name, filter, binding, limits, writer), server.sessionFeed());
    }

    /** Where the session writes to. */
    private interface Target {
        @Nullable
        ExchangeWriter open() throws IOException;
    }
}
