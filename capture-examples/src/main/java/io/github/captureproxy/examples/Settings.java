package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person has to set where, so that traffic comes through the proxy.
 *
 * @param places where the proxy can be reached, the best one for this machine's programs first
 * @param user the user name that clients must give, if they must
 * @param allowed networks that may use the proxy besides this machine; empty for all that reach it
 * @param home this machine's place on its network, if it has one
 * @param trust how clients come to trust the authority; empty if HTTPS isn't looked into
 */
record Settings(
        List<Place> places,
        Optional<String> user,
        List<String> allowed,
        Optional<HomeNetwork> home,
        Optional<TrustAdvice> trust) {
    private static final String EXAMPLE = "http://example.com/";

    /** The text for the start of the list. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(where());
        lines.add("");
        lines.add("curl     curl -x http://" + places.get(0).authority() + login() + " " + EXAMPLE);
        lines.addAll(shell());
        lines.addAll(browser());
        lines.addAll(phone());
        lines.add("");
        lines.addAll(trust.map(this::https)
                .orElse(List.of("HTTPS passes through untouched, and is listed as a tunnel; --https looks inside.")));
        lines.add("Ctrl-C ends the proxy and shows totals.");
        return lines;
    }

    private List<String> https(TrustAdvice advice) {
        Place place = places.get(0);
        List<String> lines = new ArrayList<>(advice.authorityLines());
        lines.add("");
        lines.addAll(advice.once(place, login()));
        lines.add("");
        lines.addAll(advice.forGood(forPhone()));
        lines.add("");
        return lines;
    }

    /** Where it listens, and for whom. */
    List<String> where() {
        Place first = places.get(0);
        if (places.stream().allMatch(Place::isLoopback)) {
            return List.of("Capture Proxy listens on " + first.authority() + ", for programs on this machine alone.");
        }
        List<String> lines = new ArrayList<>();
        lines.add("Capture Proxy listens, for " + clients() + ", on");
        for (Place place : places) {
            lines.add("  " + String.format("%-28s", place.authority()) + " "
                    + (place.isLoopback() ? "this machine" : place.network()));
        }
        return lines;
    }

    private String clients() {
        String networks =
                allowed.isEmpty() ? "all that can reach it" : "this machine and " + String.join(", ", allowed);
        return networks
                + user.map(name -> " that give user " + name + " and the password")
                        .orElse("");
    }

    private String login() {
        return user.map(name -> " -U " + OperatingSystem.LINUX.quoted(name)).orElse("");
    }

    private List<String> shell() {
        String address = "http://"
                + user.map(name -> URLEncoder.encode(name, UTF_8).replace("+", "%20") + ":PASSWORD@")
                        .orElse("")
                + places.get(0).authority();
        return List.of("shell    export http_proxy=" + address + " https_proxy=" + address);
    }

    private List<String> browser() {
        Place place = places.get(0);
        String byHand = "browser  proxy for HTTP and HTTPS: host " + place.host() + ", port " + place.port()
                + user.map(name -> "; it asks for user and password").orElse("");
        if (trust.isPresent()) { // whose advice has a longer command
            return List.of(byHand);
        }
        return List.of(
                byHand,
                "         chromium --proxy-server=http://" + place.authority()
                        + " --proxy-bypass-list='<-loopback>' --user-data-dir=/tmp/capture-browser");
    }

    private List<String> phone() {
        Optional<Place> reachable = forPhone();
        if (reachable.isPresent()) {
            return List.of("phone    in the settings of its Wi-Fi, proxy by hand: host "
                    + reachable.get().host() + ", port " + reachable.get().port()
                    + user.map(name -> ", with user and password").orElse(""));
        }
        return List.of("phone    can't reach this machine's loopback: start with --lan, or by cable with --android");
    }

    private Optional<Place> forPhone() {
        List<Place> wide = places.stream().filter(place -> !place.isLoopback()).toList();
        return wide.stream()
                .filter(place -> home.map(HomeNetwork::address).equals(Optional.of(place.host())))
                .findFirst()
                .or(() -> wide.stream().findFirst());
    }
}
