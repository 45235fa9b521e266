package io.github.captureproxy.internal.jfr;

import io.github.captureproxy.exchange.Tunnel;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A tunnel that has ended. */
@Name("io.github.captureproxy.Tunnel")
@Label("CONNECT Tunnel")
@Description("A connection that the capture proxy relayed")
@Category({"Capture Proxy"})
@StackTrace(false)
final class TunnelEvent extends Event {
    @Label("Tunnel Id")
    long tunnelId;

    @Label("Listener")
    @Description("The label of the address that it came in at")
    String listener = "";

    @Label("Host")
    String host = "";

    @Label("Port")
    int port;

    @Label("Reason")
    @Description("Why its bytes were relayed, or what they turned out to be")
    String reason = "";

    @Label("Outcome")
    String outcome = "";

    @Label("Sent")
    @DataAmount
    long sent;

    @Label("Received")
    @DataAmount
    long received;

    @Label("Time")
    @Description("From the CONNECT request to the end")
    @Timespan
    long time;

    static void commit(Tunnel tunnel) {
        TunnelEvent event = new TunnelEvent();
        if (event.shouldCommit()) {
            event.fill(tunnel);
            event.commit();
        }
    }

    private void fill(Tunnel tunnel) {
        tunnelId = tunnel.id();
        listener = tunnel.client().listener();
        host = tunnel.host();
        port = tunnel.port();
        reason = tunnel.reason().name();
        outcome = tunnel.outcome().status().name();
        sent = tunnel.bytesSent();
        received = tunnel.bytesReceived();
        time = tunnel.duration().toNanos();
    }
}
