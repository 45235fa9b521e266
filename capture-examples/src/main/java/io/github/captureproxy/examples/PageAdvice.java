package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.inspector.ThisMachine;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The advice of the terminal, for the page. */
final class PageAdvice implements ThisMachine {
    /** The lines of the terminal begin with a word in a column so wide. */
    private static final int COLUMN = 9;

    private static final String UNDO = "undo";

    private final Desk desk;
    private final Machine machine;
    private final Supplier<Optional<TrustAdvice>> advice;

    PageAdvice(Desk desk, Machine machine, Supplier<Optional<TrustAdvice>> advice) {
        this.desk = desk;
        this.machine = machine;
        this.advice = advice;
    }

    private List<Place> places() {
        return Place.known(desk.proxy().address());
    }

    private String login() {
        return desk.settings().user().map(name -> name + ":PASSWORD@").orElse("");
    }

    @Override
    public Reach reach(CaptureProxy proxy) {
        InetSocketAddress bound = proxy.address();
        Optional<String> elsewhere = bound.getAddress().isAnyLocalAddress()
                ? HomeNetwork.find().map(home -> home.address() + ":" + bound.getPort())
                : Optional.empty();
        return new Reach(Place.known(bound).get(0).authority(), elsewhere);
    }

    @Override
    public List<Step> ways() {
        Place place = places().get(0);
        String url = "http://" + login() + place.authority();
        List<Step> steps = new ArrayList<>();
        steps.add(command("curl", "curl -x " + machine.quoted(url) + " http://example.com/"));
        steps.add(
                machine.system() == OperatingSystem.WINDOWS
                        ? command(
                                "PowerShell",
                                "$env:http_proxy = " + machine.quoted(url) + "; $env:https_proxy = $env:http_proxy")
                        : command(
                                "Shell",
                                "export http_proxy=" + machine.quoted(url) + " https_proxy=" + machine.quoted(url)));
        steps.add(command(
                "Java",
                "java -Dhttp.proxyHost=" + place.host() + " -Dhttp.proxyPort=" + place.port() + " -Dhttps.proxyHost="
                        + place.host() + " -Dhttps.proxyPort=" + place.port() + " ..."));
        steps.add(new Step(
                "Browser",
                "In its settings, as the proxy for HTTP and HTTPS: host " + place.host() + ", port " + place.port(),
                "",
                false));
        return steps;
    }

    private static Step command(String what, String text) {
        return new Step(what, text, "", true);
    }

    @Override
    public Optional<Trust> trust() {
        return advice.get().map(this::trust);
    }

    private Trust trust(TrustAdvice found) {
        Place place = places().get(0);
        List<Step> steps = new ArrayList<>(steps(found.once(place, "")));
        steps.addAll(steps(found.forGood(
                places().stream().filter(each -> !each.isLoopback()).findFirst())));
        StoredAuthority authority = found.authority();
        LocalDate end =
                LocalDate.ofInstant(authority.certificate().getNotAfter().toInstant(), ZoneOffset.UTC);
        return new Trust(
                authority.name(), authority.fingerprint(), authority.file().toString(), end.toString(), steps);
    }

    /** Lines with a word at their beginning; what undoes one follows it. */
    private static List<Step> steps(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        for (String line : lines) {
            if (line.length() <= COLUMN || line.endsWith(":")) {
                continue; // a heading
            }
            String word = line.substring(0, COLUMN).strip();
            String text = line.substring(COLUMN);
            if (word.equals(UNDO) && !steps.isEmpty()) {
                Step last = steps.remove(steps.size() - 1);
                steps.add(new Step(last.what(), last.text(), text, last.command()));
            } else {
                boolean words = word.equals("firefox") || word.equals("phone") || word.equals("check");
                steps.add(new Step(word, text, "", !words));
            }
        }
        return steps;
    }

    @Override
    public List<String> networks() {
        return HomeNetwork.find().map(HomeNetwork::cidr).stream().toList();
    }
}
