package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.ProxyStartException;
import io.github.captureproxy.examples.browser.BrowserSession;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskException;
import io.github.captureproxy.examples.desk.DeskSettings;
import io.github.captureproxy.examples.desk.RunningProxy;
import io.github.captureproxy.examples.desk.UpstreamLoop;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.spi.UpstreamProxy;
import java.util.List;
import java.util.Optional;

/** Starts proxies as the command line wants them, but for what was set otherwise since; none leads to a page. */
final class ProxyStarter implements Desk.Starter {
    private final Options options;
    private final Machine machine;
    private final List<ExchangeListener> listeners;
    private final Phones phones;
    private final Optional<Page> page;
    private final PageRegister pages;
    private volatile Optional<TrustAdvice> advice = Optional.empty();

    /**
     * What the program has beside the proxy.
     *
     * @param phones phones and other devices
     * @param page the page, unless there is none
     */
    record Beside(Phones phones, Optional<Page> page) {}

    ProxyStarter(Options options, Machine machine, List<ExchangeListener> listeners, Beside beside) {
        this.options = options;
        this.machine = machine;
        this.listeners = List.copyOf(listeners);
        this.phones = beside.phones();
        this.page = beside.page();
        this.pages = PageRegister.of(machine);
    }

    @Override
    public RunningProxy start(DeskSettings settings) {
        Optional<HttpsSetup> https = Optional.empty();
        try {
            options.take(settings);
            CaptureProxyBuilder builder = options.toBuilder().listener(listeners.toArray(ExchangeListener[]::new));
            builder.refuseTargets(pages::isPage);
            page.ifPresent(shown -> addFor(shown, builder));
            https = settings.https() ? Optional.of(HttpsSetup.of(options.https, machine)) : Optional.empty();
            options.https.switchTo(settings.https());
            https.ifPresent(setup -> setup.addTo(builder));
            phones.addTo(builder, settings.https());
            CaptureProxy proxy = builder.start();
            advice = https.map(HttpsSetup::advice);
            Optional.ofNullable(proxy.addresses().get(BrowserSession.LABEL))
                    .ifPresent(address -> options.browser.port = address.getPort());
            refuseLoop(proxy, settings);
            tellPhones(proxy);
            return new RunningProxy(proxy, https.map(HttpsSetup::interception));
        } catch (InvalidConfigurationException e) {
            https.ifPresent(HttpsSetup::close);
            throw failed(UsageException.of(e));
        } catch (ProxyStartException e) {
            https.ifPresent(HttpsSetup::close);
            throw failed(UsageException.of(e));
        } catch (UsageException e) {
            https.ifPresent(HttpsSetup::close);
            throw failed(e);
        }
    }

    private static void refuseLoop(CaptureProxy proxy, DeskSettings settings) {
        if (UpstreamLoop.isIn(settings, proxy.addresses().values())) {
            proxy.close();
            throw new UsageException("--upstream "
                    + settings.upstream().map(UpstreamProxy::withoutSecrets).orElse("")
                    + ": this is the proxy itself, and every request would come back to it; give another one, or leave "
                    + "--upstream out");
        }
    }

    private void tellPhones(CaptureProxy proxy) {
        try {
            phones.listens(proxy, advice.map(known -> known.authority().file()));
        } catch (UsageException e) {
            proxy.close();
            throw e;
        }
    }

    /** The page can start a browser at any time, which has an address of its own; and nobody gets to the page. */
    private void addFor(Page page, CaptureProxyBuilder builder) {
        builder.refuseTargets(page.address()).clientArrival(page.arrival());
        if (options.browser.wanted().isEmpty()) {
            builder.listen(BrowserSession.LABEL, "127.0.0.1", options.browser.port);
        }
    }

    private static DeskException failed(UsageException e) {
        return new DeskException(String.valueOf(e.getMessage()), e);
    }

    /** How clients come to trust the authority; empty while HTTPS isn't looked into. */
    Optional<TrustAdvice> advice() {
        return advice;
    }
}
