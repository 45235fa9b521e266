package io.github.captureproxy.junit;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.spi.TlsInterceptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link CaptureProxyExtension} is told. Not safe for use by several threads. */
public final class CaptureProxyExtensionBuilder {
    private final List<Consumer<CaptureProxyBuilder>> proxy = new ArrayList<>();
    private final List<HostRule> allowedHosts = new ArrayList<>();
    private @Nullable TlsInterceptor tls;
    private @Nullable Path harFolder;
    private boolean passThroughAllowed;
    private boolean har = true;
    private boolean injection = true;
    private Consumer<String> output = text -> System.err.println(text); // as it is by then

    CaptureProxyExtensionBuilder() {}

    /**
     * Looks inside HTTPS, and fails each test in which HTTPS was passed through unseen without being asked for; see
     * {@link #allowPassThrough()}. None unless set: then HTTPS passes through untouched.
     *
     * @param interceptor such as {@code TlsInterception.forTests()} of module {@code capture-tls}; not closed, as several
     *     may share it
     * @return this
     */
    public CaptureProxyExtensionBuilder tls(TlsInterceptor interceptor) {
        tls = Objects.requireNonNull(interceptor, "interceptor");
        return this;
    }

    /**
     * Sets any option of the proxies. May be called several times; each start applies all of them in order to a builder
     * whose port is 0. A fixed port is for tests that run one after the other: each test that runs beside others has a
     * proxy of its own.
     *
     * @param options such as {@code proxy -> proxy.maxBodyBytes(1_000)}
     * @return this
     */
    public CaptureProxyExtensionBuilder proxy(Consumer<CaptureProxyBuilder> options) {
        proxy.add(Objects.requireNonNull(options, "options"));
        return this;
    }

    /**
     * Fails each test in which another host was called, or a tunnel to it was asked for. The call itself is not kept from
     * its target. May be called several times. All hosts may be called unless set.
     *
     * @param hosts host names or addresses without ports, such as {@code api.example.com}; {@code *.example.com} for all
     *     names under one
     * @return this
     * @throws IllegalArgumentException if there is none, or one is no host
     */
    public CaptureProxyExtensionBuilder allowedHosts(String... hosts) {
        if (hosts.length == 0) {
            throw new IllegalArgumentException("allowedHosts without a host: name those that may be called");
        }
        for (String host : hosts) {
            allowedHosts.add(HostRule.parse(host));
        }
        return this;
    }

    /**
     * Lets HTTPS pass through unseen, whatever the reason. Unless set, a test with {@link #tls} fails if it did, since a
     * call inside is missing in the history; but for hosts that the interceptor was told to leave alone.
     *
     * @return this
     */
    public CaptureProxyExtensionBuilder allowPassThrough() {
        passThroughAllowed = true;
        return this;
    }

    /**
     * Sets where a failed test leaves its HAR file. Unless set, that is beside the build's reports, if there are some at
     * that time: {@code target/surefire-reports}, {@code target/failsafe-reports} for a class that Failsafe takes for its
     * own, {@code build/test-results}; otherwise {@code target}. The file is called after class, method and invocation.
     *
     * @param folder made if it is not there
     * @return this
     * @throws IllegalArgumentException if there is a file of that name
     */
    public CaptureProxyExtensionBuilder harFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("harFolder " + folder + " is a file: give a folder");
        }
        harFolder = folder;
        har = true;
        return this;
    }

    /**
     * Lets failed tests leave no HAR file.
     *
     * @return this
     */
    public CaptureProxyExtensionBuilder withoutHar() {
        har = false;
        return this;
    }

    /**
     * Sets where the captured calls of a failed test are printed. {@link System#err} unless set.
     *
     * @param lines takes one text of several lines for each failed test; called by the threads of tests, several at once
     *     where they run in parallel
     * @return this
     */
    public CaptureProxyExtensionBuilder output(Consumer<String> lines) {
        output = Objects.requireNonNull(lines, "lines");
        return this;
    }

    /**
     * Resolves no parameters: for all but one of several extensions on one class, as only one of them can. Ask the
     * extension itself then.
     *
     * @return this
     */
    public CaptureProxyExtensionBuilder withoutInjection() {
        injection = false;
        return this;
    }

    /**
     * Makes the extension.
     *
     * @return an extension for a field with {@code @RegisterExtension}
     */
    public CaptureProxyExtension build() {
        return new CaptureProxyExtension(options());
    }

    ExtensionOptions options() {
        return new ExtensionOptions(
                Optional.ofNullable(tls),
                proxy,
                allowedHosts,
                passThroughAllowed,
                har,
                Optional.ofNullable(harFolder),
                injection,
                output);
    }
}
