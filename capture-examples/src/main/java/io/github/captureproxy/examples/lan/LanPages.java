package io.github.captureproxy.examples.lan;

import io.github.captureproxy.exchange.FormField;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.spi.OwnPage;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the proxy shows at its own address: to a device that may not use it yet, the field for the code; to all others,
 * how a device is set up. Safe for any thread.
 */
public final class LanPages implements OwnPage.Source {
    private static final int SEE_OTHER = 303;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int HTTP_PORT = 80;

    /** Names of systems in a User-Agent field, the more telling ones first. */
    private static final List<String> SYSTEMS =
            List.of("Android", "iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux");

    private final Devices devices;
    private final OwnPage.Source setUp;
    private final EntryPage page = new EntryPage();

    /**
     * Makes the pages.
     *
     * @param devices who may use the proxy
     * @param setUp the pages for those who may; may be empty for all, which leaves them to the interceptor
     */
    public LanPages(Devices devices, OwnPage.Source setUp) {
        this.devices = devices;
        this.setUp = setUp;
    }

    @Override
    public Optional<OwnPage> page(OwnPage.Request request) {
        boolean isEntry = request.path().equals("/") || request.path().equals("/index.html");
        String method = request.message().method();
        if (!isEntry) {
            return setUp.page(request);
        }
        if (method.equals("POST")) {
            return Optional.of(isFromElsewhere(request) ? elsewhere(request) : entered(request));
        }
        if (!request.allowed()) {
            devices.code(); // one that has ended is replaced, so that what the proxy shows holds now
            return Optional.of(page.first(request.proxy(), EntryCode.normalized(codeIn(request))));
        }
        return codeIn(request).isEmpty() ? setUp.page(request) : Optional.of(toSetUp());
    }

    private OwnPage entered(OwnPage.Request request) {
        InetAddress client = request.client().getAddress();
        String typed = request.message().body().form().stream()
                .filter(field -> field.name().equals("code"))
                .map(FormField::value)
                .findFirst()
                .orElse("");
        String proxy = request.proxy();
        return switch (devices.enter(client, typed, name(request.message().headers()))) {
            case ALLOWED -> toSetUp();
            case WRONG ->
                page.again(FORBIDDEN, proxy, "That is not the code that holds now. The proxy shows the newest.");
            case TOO_MANY ->
                page.again(
                        TOO_MANY_REQUESTS,
                        proxy,
                        "Too many wrong codes. Wait for up to ten minutes, or have this device's address allowed: "
                                + client.getHostAddress());
            case FULL -> page.again(FORBIDDEN, proxy, "Too many devices are in already. Take one back first.");
        };
    }

    private static OwnPage toSetUp() {
        return new OwnPage(
                SEE_OTHER,
                "text/plain; charset=utf-8",
                Map.of("Location", "/", "Cache-Control", "no-store", "Referrer-Policy", "same-origin"),
                new byte[0]);
    }

    /**
     * Another site's page made the browser send the form, or this page was opened by a name, which may be anybody's (DNS
     * rebinding). What sends neither Origin nor Referer is no browser.
     */
    private static boolean isFromElsewhere(OwnPage.Request request) {
        HeaderList headers = request.message().headers();
        String own = "http://" + request.proxy();
        String plain = own.endsWith(":" + HTTP_PORT) ? own.substring(0, own.lastIndexOf(':')) : own;
        return Stream.of(headers.first("origin").stream(), headers.first("referer").stream())
                .flatMap(values -> values)
                .anyMatch(
                        value -> Stream.of(own, plain).noneMatch(it -> value.equals(it) || value.startsWith(it + "/")));
    }

    private OwnPage elsewhere(OwnPage.Request request) {
        return page.again(
                FORBIDDEN,
                request.proxy(),
                "The code didn't come from this page at its own address. Open http://" + request.proxy()
                        + "/ and enter it there.");
    }

    private static String codeIn(OwnPage.Request request) {
        return request.message().query().stream()
                .flatMap(query -> Stream.of(query.split("&")))
                .filter(parameter -> parameter.startsWith("code="))
                .map(parameter -> parameter.substring("code=".length()))
                .findFirst()
                .orElse("");
    }

    private static String name(HeaderList headers) {
        String agent = headers.first("user-agent").orElse("");
        return SYSTEMS.stream()
                .filter(agent::contains)
                .findFirst()
                .map(system -> system.equals("Macintosh") ? "Mac" : system)
                .orElse("device");
    }
}
