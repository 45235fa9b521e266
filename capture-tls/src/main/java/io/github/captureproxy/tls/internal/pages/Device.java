package io.github.captureproxy.tls.internal.pages;

import io.github.captureproxy.exchange.HeaderList;
import java.util.Locale;
import java.util.Optional;

/** The kinds of device that the set-up page has steps for, in the order in which it lists them. */
enum Device {
    ANDROID("Android"),
    IOS("iPhone and iPad"),
    WINDOWS("Windows"),
    MACOS("macOS"),
    LINUX("Linux"),
    /** A browser with proxy settings and authorities of its own, on any desktop. */
    FIREFOX("Firefox"),
    OTHER("Any other device or program");

    private final String title;

    Device(String title) {
        this.title = title;
    }

    /** As it is called on the page. */
    String title() {
        return title;
    }

    /** As it is called in the page's files and addresses. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a request most likely comes from. An iPad whose browser asks for desktop pages calls itself a Mac.
     *
     * @param headers the request's fields
     * @return the device, if it can be told
     */
    static Optional<Device> of(HeaderList headers) {
        String agent = headers.first("user-agent").orElse("");
        boolean mobile = agent.contains("Android") || agent.contains("iPhone") || agent.contains("iPad");
        if (agent.contains("Firefox/") && !mobile) {
            return Optional.of(FIREFOX);
        }
        return headers.first("sec-ch-ua-platform")
                .map(platform -> platform.replace("\"", ""))
                .flatMap(Device::ofPlatform)
                .or(() -> ofAgent(agent));
    }

    private static Optional<Device> ofPlatform(String platform) {
        return switch (platform) {
            case "Android" -> Optional.of(ANDROID);
            case "iOS" -> Optional.of(IOS);
            case "Windows" -> Optional.of(WINDOWS);
            case "macOS" -> Optional.of(MACOS);
            case "Linux", "Chrome OS", "Chromium OS" -> Optional.of(LINUX);
            default -> Optional.empty();
        };
    }

    private static Optional<Device> ofAgent(String agent) {
        if (agent.contains("Android")) { // before Linux, which it names too
            return Optional.of(ANDROID);
        }
        if (agent.contains("iPhone") || agent.contains("iPad") || agent.contains("iPod")) { // before Mac OS X, likewise
            return Optional.of(IOS);
        }
        if (agent.contains("Windows")) {
            return Optional.of(WINDOWS);
        }
        if (agent.contains("Macintosh")) {
            return Optional.of(MACOS);
        }
        return agent.contains("Linux") || agent.contains("CrOS") ? Optional.of(LINUX) : Optional.empty();
    }
}
