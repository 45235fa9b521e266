package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.io.Worker;

/**
 * What a peer may send on a connection in all (RFC 9113 section 6.9). A slow stream holds up no other, so that what came
 * in is granted again at once, as long as not too much waits for slow readers. For one worker thread.
 */
final class ConnectionWindow {
    private final Http2Connection connection;
    private final Runnable grantLater = this::grant;
    private long granted = ConnectionPreface.CONNECTION_WINDOW;
    private long received;
    private boolean ended;

    ConnectionWindow(Http2Connection connection) {
        this.connection = connection;
    }

    void received(int length) throws Http2Exception {
        granted -= length;
        received += length;
        if (granted < 0) {
            throw Http2Exception.connection(
                    ErrorCode.FLOW_CONTROL_ERROR, "more data than the connection's window allows");
        }
        grant();
    }

    private void grant() {
        if (ended || received < ConnectionPreface.CONNECTION_WINDOW / 4) {
            return;
        }
        WindowBudget budget = WindowBudget.current();
        if (budget.isSpent()) {
            budget.whenFree(grantLater);
            return;
        }
        connection.sender().writeWindowUpdate(0, (int) received);
        granted += received;
        received = 0;
    }

    /** The connection has ended. */
    void ended() {
        ended = true;
        if (Thread.currentThread() instanceof Worker) { // else the reactor is ending
            WindowBudget.current().withdraw(grantLater);
        }
    }
}
