package io.github.captureproxy.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Something that was let go for the sake of a limit. */
@Name("io.github.captureproxy.Drop")
@Label("Capture Drop")
@Description("Something that the capture proxy let go for the sake of a limit")
@Category({"Capture Proxy"})
@StackTrace(false)
final class DropEvent extends Event {
    @Label("From")
    @Description("History, connections, or the listener whose queue was full")
    String from = "";

    @Label("Count")
    long count;

    static boolean isWanted() {
        return new DropEvent().isEnabled();
    }

    static void commit(String from, long count) {
        DropEvent event = new DropEvent();
        if (event.shouldCommit()) {
            event.from = from;
            event.count = count;
            event.commit();
        }
    }
}
