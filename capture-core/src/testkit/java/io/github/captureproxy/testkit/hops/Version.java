package io.github.captureproxy.testkit.hops;

/** What is spoken on a hop. */
public enum Version {
    HTTP_1_1("HTTP/1.1", "http/1.1"),
    HTTP_2("HTTP/2", "h2");

    private final String inRecords;
    private final String protocol;

    Version(String inRecords, String protocol) {
        this.inRecords = inRecords;
        this.protocol = protocol;
    }

    /** As a record names it. */
    public String inRecords() {
        return inRecords;
    }

    /** As TLS names it (RFC 7301). */
    public String protocol() {
        return protocol;
    }
}
