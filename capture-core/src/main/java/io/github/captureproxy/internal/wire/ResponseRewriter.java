package io.github.captureproxy.internal.wire;

/**
 * Turns a response's head into the one that the client gets: hop-by-hop fields left out, and the length of content that
 * there can't be; {@code Connection} made anew, all else byte for byte.
 */
public final class ResponseRewriter {
    private static final String VERSION = "HTTP/1.1";

    private ResponseRewriter() {}

    /** What becomes of chunked coding. */
    public enum Chunks {
        /** The body is sent on in chunks if it came so. */
        KEPT,
        /** The chunks are taken off. */
        REMOVED,
        /** The body came without chunks, and is sent on in them. */
        ADDED,
        /** There is no content, which nothing in the head says: it is told so. */
        NONE
    }

    /** What the client is told of its connection. */
    public enum Connection {
        /** Nothing: HTTP/1.1 goes on by default. */
        IMPLIED,
        /** It ends behind this response. */
        CLOSE,
        /** It goes on, which an HTTP/1.0 client has to be told. */
        KEEP_ALIVE,
        /** It leaves HTTP. */
        UPGRADE
    }

    /**
     * Writes the head.
     *
     * @param head the response as it came
     * @param hopByHop what stays behind
     * @param chunks what becomes of chunked coding
     * @param connection what the client is told
     * @param via the name to add to {@code Via}; empty for none
     * @param out where to
     * @return how many bytes it has
     */
    public static int write(
            ResponseHead head, HopByHop hopByHop, Chunks chunks, Connection connection, String via, byte[] out) {
        HeadWriter writer = new HeadWriter(out);
        byte[] bytes = head.bytes();
        writer.put(VERSION);
        Fields fields = head.fields();
        int run = VERSION.length();
        boolean told = false;
        for (int i = 0; i < fields.count(); i++) {
            boolean passes = switch (fields.known(i)) {
                case TRANSFER_ENCODING -> chunks == Chunks.KEPT;
                case UPGRADE -> connection == Connection.UPGRADE;
                case CONTENT_LENGTH -> !head.promisesInVain(i);
                default -> !hopByHop.drops(fields, i);
            };
            if (!passes) {
                writer.put(bytes, run, fields.lineStart(i));
                run = fields.lineEnd(i);
                if (!told && connection == Connection.UPGRADE && fields.known(i) == FieldName.CONNECTION) {
                    told = true;
                    writer.field(fields.name(i), "Upgrade"); // in its place: peers are picky about handshakes
                }
            }
        }
        writer.put(bytes, run, bytes.length - 2);
        if (chunks == Chunks.ADDED) {
            writer.field("Transfer-Encoding", "chunked");
        } else if (chunks == Chunks.NONE) {
            writer.field("Content-Length", "0");
        }
        switch (connection) {
            case CLOSE -> writer.field("Connection", "close");
            case KEEP_ALIVE -> writer.field("Connection", "keep-alive");
            case UPGRADE -> {
                if (!told) {
                    writer.field("Connection", "Upgrade");
                }
            }
            case IMPLIED -> {
                // nothing to say
            }
        }
        if (!via.isEmpty()) {
            writer.field("Via", head.viaVersion() + " " + via);
        }
        return writer.end();
    }
}
