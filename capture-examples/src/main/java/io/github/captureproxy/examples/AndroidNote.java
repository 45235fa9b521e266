package io.github.captureproxy.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run has set on an Android device, and what was there before: all that is needed to take it back.
 *
 * @param serial the device's serial number
 * @param port the port that its apps use on its loopback
 * @param before its proxy before, as its setting has it
 * @param certificate whether the certificate was put on it
 * @param run the process that has set it
 */
record AndroidNote(String serial, int port, String before, boolean certificate, Run run) {
    /** The setting of a device that has no proxy. */
    static final String NONE = ":0";

    /**
     * A process, told from a later one with the same number by its start.
     *
     * @param process its number
     * @param start when it started, as the system tells, in milliseconds since 1970; 0 if it doesn't
     */
    record Run(long process, long start) {
        /** The system counts from its own start, of which its idea moves a little as its clock is set. */
        private static final long TOLERANCE_MILLIS = 10_000;

        static Run current() {
            return of(ProcessHandle.current());
        }

        private static Run of(ProcessHandle process) {
            return new Run(
                    process.pid(),
                    process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
        }

        /** It runs, and is not this one. */
        boolean isAnother() {
            return process != ProcessHandle.current().pid()
                    && ProcessHandle.of(process)
                            .filter(ProcessHandle::isAlive)
                            .filter(found -> Math.abs(of(found).start() - start) < TOLERANCE_MILLIS)
                            .isPresent();
        }
    }

    /** The proxy that was set. */
    String proxy() {
        return "127.0.0.1:" + port;
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("serial", serial)
                .put("port", port)
                .put("before", before)
                .put("certificate", certificate)
                .put("process", run.process())
                .put("start", run.start());
    }

    /** Reads one; empty if it is none. */
    static Optional<AndroidNote> of(JsonNode json) {
        boolean whole = json.path("serial").isTextual()
                && json.path("port").isInt()
                && json.path("before").isTextual()
                && json.path("certificate").isBoolean()
                && json.path("process").canConvertToLong()
                && json.path("start").canConvertToLong();
        return whole
                ? Optional.of(new AndroidNote(
                        json.path("serial").textValue(),
                        json.path("port").intValue(),
                        json.path("before").textValue(),
                        json.path("certificate").booleanValue(),
                        new Run(
                                json.path("process").longValue(),
                                json.path("start").longValue())))
                : Optional.empty();
    }
}
