package io.github.captureproxy.client;

import io.github.captureproxy.CaptureProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends what this whole JVM does over HTTP through a proxy, and has it trust the proxy's authority, until it is closed.
 * For code whose clients can't be handed a proxy:
 *
 * <pre>{@code
 * try (JvmScope scope = JvmScope.open(proxy)) {
 *     service.placeOrder(); // makes clients of its own, somewhere
 * }
 * }</pre>
 *
 * <p>It changes the properties {@code http.proxyHost}, {@code http.proxyPort}, {@code https.proxyHost} and
 * {@code https.proxyPort}; {@code http.nonProxyHosts}, to the empty value, the only one that has the JDK send localhost
 * to a proxy; and the default {@link java.net.ProxySelector}. Where the proxy has an authority, it changes the default
 * {@link SSLContext}, the default socket factory of {@link javax.net.ssl.HttpsURLConnection}, and the
 * properties {@code javax.net.ssl.trustStore*}, to a file with the runtime's roots and the authority, which is deleted at
 * the end.
 *
 * <p>What it can't reach: clients that read neither properties nor the default selector, such as Apache's without
 * {@code useSystemProperties()}; and the trust of clients that were built before. A client certificate that the JVM's
 * default context has ({@code javax.net.ssl.keyStore}) isn't shown within. A proxy whose own upstream proxy comes from
 * the JVM's settings would be sent to itself: give it {@code upstreamProxy(uri)}.
 *
 * <p>The settings are the JVM's, so other threads' calls go through the proxy as well, and there can be one scope at a
 * time. Tests that run in parallel hand {@link CaptureProxy#proxySelector()} and {@link CaptureProxy#sslContext()} to
 * their clients instead. Any thread may close it.
 */
public final class JvmScope implements AutoCloseable {
    private static final AtomicReference<@Nullable JvmScope> OPEN = new AtomicReference<>();

    private final String description;
    private final Deque<JvmChange<?>> changes = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable ScopeSelector selector;
    private @Nullable Path trustStore;

    private JvmScope(CaptureProxy proxy) {
        description = "through " + proxy.uri() + ", opened by thread "
                + Thread.currentThread().getName();
    }

    /**
     * Changes the settings. Close it before the proxy.
     *
     * @param proxy where the calls are to go
     * @return the open scope
     * @throws IllegalStateException if another one is open in this JVM
     * @throws IOException if the trust store can't be written to the folder for temporary files; then nothing is changed
     */
    public static JvmScope open(CaptureProxy proxy) throws IOException {
        JvmScope scope = new JvmScope(proxy);
        JvmScope other = OPEN.compareAndExchange(null, scope);
        if (other != null) {
            throw new IllegalStateException("the settings of this JVM are changed already, " + other.description
                    + ": close that scope first, or hand proxySelector() and sslContext() to each client instead");
        }
        try {
            scope.change(proxy);
        } catch (IOException | RuntimeException | Error e) {
            scope.close();
            throw e;
        }
        return scope;
    }

    private void change(CaptureProxy proxy) throws IOException {
        if (proxy.hasAuthority()) {
            trustStore = Files.createTempFile("capture-proxy-trust-", ".p12");
            TrustFiles.writeStore(trustStore, proxy.trustManager());
            SSLContext context = proxy.sslContext();
            make(JvmSetting.CONTEXT, context);
            make(JvmSetting.FACTORY, context.getSocketFactory());
            property("javax.net.ssl.trustStore", trustStore.toString());
            property("javax.net.ssl.trustStoreType", TrustFiles.STORE_TYPE);
            property("javax.net.ssl.trustStoreProvider", null);
            property("javax.net.ssl.trustStorePassword", TrustFiles.PASSWORD);
        }
        ScopeSelector named = new ScopeSelector(proxy.asProxy(), JvmSetting.SELECTOR.get());
        selector = named;
        make(JvmSetting.SELECTOR, named);
        ProxyProperties.of(proxy.uri()).forEach(this::property);
    }

    private void property(String name, @Nullable String value) {
        make(JvmSetting.property(name), value);
    }

    private <T> void make(JvmSetting<T> setting, @Nullable T value) {
        changes.push(JvmChange.make(setting, value));
    }

    /**
     * Puts every setting back to what it was. One that somebody else has changed within the scope stays as they made it,
     * with a warning in the log that names it. A second call does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List<JvmSetting<?>> foreign = new ArrayList<>();
        for (JvmChange<?> change : changes) {
            if (!change.undo()) {
                foreign.add(change.setting());
            }
        }
        if (selector != null) {
            selector.close();
        }
        deleteTrustStore();
        OPEN.compareAndSet(this, null);
        if (!foreign.isEmpty()) {
            LoggerFactory.getLogger(JvmScope.class)
                    .warn("Left as they are, since they were changed by others within a scope: {}", foreign);
        }
    }

    private void deleteTrustStore() {
        if (trustStore != null) {
            try {
                Files.deleteIfExists(trustStore);
            } catch (IOException e) { // a client may still read it, on Windows
                trustStore.toFile().deleteOnExit();
            }
        }
    }

    @Override
    public String toString() {
        return "JvmScope " + description;
    }
}
