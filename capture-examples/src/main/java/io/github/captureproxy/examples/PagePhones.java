package io.github.captureproxy.examples;

import io.github.captureproxy.examples.inspector.LanDevices;
import io.github.captureproxy.examples.lan.Devices;
import io.github.captureproxy.examples.lan.EntryCode;
import io.github.captureproxy.examples.lan.QrCode;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Phones and other devices of the network, for the page. */
final class PagePhones implements LanDevices {
    private final Phones phones;

    PagePhones(Phones phones) {
        this.phones = phones;
    }

    @Override
    public boolean isOn() {
        return phones.lan().isPresent();
    }

    @Override
    public Optional<Entrance> entrance() {
        return phones.lan().flatMap(lan -> lan.link().map(link -> entrance(lan.devices(), link)));
    }

    private static Entrance entrance(Devices devices, String link) {
        EntryCode code = devices.code();
        List<Device> allowed = devices.list().stream()
                .map(device -> new Device(IpAddress.text(device.address()), device.name(), device.since()))
                .toList();
        return new Entrance(URI.create(link).getAuthority(), link, code.text(), code.end(), QrCode.svg(link), allowed);
    }

    @Override
    public boolean revoke(String address) {
        return phones.lan()
                .map(LanSetup::devices)
                .filter(devices -> find(devices, address).map(devices::revoke).orElse(false))
                .isPresent();
    }

    private static Optional<InetAddress> find(Devices devices, String address) {
        return devices.list().stream()
                .map(Devices.Device::address)
                .filter(each -> IpAddress.text(each).equals(address))
                .findFirst();
    }
}
