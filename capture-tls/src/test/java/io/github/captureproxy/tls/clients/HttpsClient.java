package io.github.captureproxy.tls.clients;

import io.github.captureproxy.CaptureProxy;

/** A client that somebody else wrote. */
interface HttpsClient {
    /** Tells if it is there. */
    boolean isInstalled();

    /** Asks once, on a connection of its own. */
    Answer get(Call call) throws Exception;

    /**
     * What it is asked to get, and how.
     *
     * @param proxy through this
     * @param host from this host, at port 443
     * @param path this
     * @param trust what it trusts
     * @param version the only TLS version that it is to speak, such as 1.3
     */
    record Call(CaptureProxy proxy, String host, String path, Trust trust, String version) {
        String url() {
            return "https://" + host + path;
        }

        /** As the JDK names it. */
        String protocol() {
            return "TLSv" + version;
        }
    }

    /**
     * What came of it.
     *
     * @param got true if it got a response
     * @param text the body, or what it said instead
     */
    record Answer(boolean got, String text) {}
}
