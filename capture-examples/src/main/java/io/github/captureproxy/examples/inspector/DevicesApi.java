package io.github.captureproxy.examples.inspector;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How programs, browsers, phones and other devices come to use the proxy, and to trust it. */
final class DevicesApi {
    private final ThisMachine machine;
    private final LanDevices lan;
    private final Browsers browsers;

    DevicesApi(ThisMachine machine, LanDevices lan, Browsers browsers) {
        this.machine = machine;
        this.lan = lan;
        this.browsers = browsers;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/devices", call -> Reply.json(shown()));
        routes.on("POST", "/api/devices/revoke", this::revoke);
        routes.on("POST", "/api/browsers", this::open);
    }

    /** What the page is told of devices. */
    record Shown(
            List<ThisMachine.Step> ways,
            Optional<ThisMachine.Trust> trust,
            List<String> browsers,
            List<String> networks,
            Optional<LanDevices.Entrance> lan) {}

    private Shown shown() {
        return new Shown(machine.ways(), machine.trust(), browsers.installed(), machine.networks(), lan.entrance());
    }

    private Reply revoke(Call call) throws IOException {
        String address = call.json().path("address").asText();
        if (!lan.revoke(address)) {
            throw new RefusedException(404, "no device at " + address + " is let in");
        }
        return Reply.json(shown());
    }

    private Reply open(Call call) throws IOException {
        browsers.open(call.json().path("browser").asText());
        return Reply.done();
    }
}
