package io.github.captureproxy.internal.coding;

import java.io.IOException;
import java.io.InputStream;

/** The content codings that can be undone (RFC 9110 section 8.4.1, RFC 7932, RFC 8878). */
enum Coding {
    GZIP("gzip") {
        @Override
        InputStream open(InputStream coded) {
            return new InflatingStream(coded, InflatingStream.Format.GZIP);
        }
    },
    DEFLATE("deflate") {
        @Override
        InputStream open(InputStream coded) {
            return new InflatingStream(coded, InflatingStream.Format.ZLIB_OR_RAW);
        }
    },
    BROTLI("br") {
        @Override
        InputStream open(InputStream coded) throws IOException {
            return Optionals.brotli(coded);
        }

        @Override
        String dependency() {
            return "org.brotli:dec";
        }
    },
    ZSTD("zstd") {
        @Override
        InputStream open(InputStream coded) {
            return Optionals.zstd(coded);
        }

        @Override
        String dependency() {
            return "io.airlift:aircompressor";
        }
    };

    private final String token;

    Coding(String token) {
        this.token = token;
    }

    /** The coding of a lower-case name. */
    static Coding named(String name) throws CodingException {
        return switch (name) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            case "br" -> BROTLI;
            case "zstd" -> ZSTD;
            default ->
                throw new CodingException("the content coding '" + printable(name)
                        + "' is unknown: gzip, deflate, br and zstd are undone; bytes() has the coded bytes");
        };
    }

    private static String printable(String name) {
        String shown = name.length() > 40 ? name.substring(0, 40) + "..." : name;
        return shown.replaceAll("[^ -~]", "?");
    }

    /** Opens a decoder. */
    abstract InputStream open(InputStream coded) throws IOException;

    /** The optional library that it needs; empty if it needs none. */
    String dependency() {
        return "";
    }

    /** True if its decoder throws {@link java.io.EOFException} exactly when the input ends too early. */
    boolean tellsEarlyEnd() {
        return dependency().isEmpty();
    }

    @Override
    public String toString() {
        return token;
    }
}
