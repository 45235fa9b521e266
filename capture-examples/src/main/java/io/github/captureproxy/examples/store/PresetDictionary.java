package io.github.captureproxy.examples.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * What the JSON of most exchanges and tunnels has in common, known before the first byte is packed (RFC 1950 section 2.2):
 * a short exchange takes half the bytes that way, and less time. What is written names its dictionary by a checksum, so
 * this one stays as it is to the byte; a better one has to be a second one.
 */
final class PresetDictionary {
    /** In a stream's second byte: it was made with a dictionary. */
    private static final int FDICT = 0x20;

    /** What is likeliest comes last, from where it can be named in the fewest bits. */
    private static final byte[] BYTES = String.join(
                    "",
                    "\"clientTls\":{\"version\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256TLS_AES_256_GCM_SHA384\",",
                    "\"alpn\":\"http/1.1\",\"alpn\":\"h2\",\"serverName\":\"www.\",\"fingerprint\":\"t13d1516h2_\",\"resumed\":false},",
                    "\"originTls\":{\"validity\":\"TRUSTED\",\"certificates\":[\"MII\"]},",
                    "\"tunnel\":{\"reason\":\"PLAIN_HTTPINTERCEPTED\"},\"originHop\":{\"version\":\"HTTP/2\",\"stream\":1},",
                    "{\"client\":{\"host\":\"127.0.0.1\",\"ip\":\"fwAAAQ==\",\"port\":443,\"route\":\"DIRECT\",\"nextHop\":\"\",",
                    "\"reason\":\"HSTSNOTHING_SENT\",\"reasonDetail\":\"\",\"alpn\":[\"h2\",\"http/1.1\"],",
                    "\"startedAt\":\"\",\"duration\":\"PT0.S\",\"bytesSent\":0,\"bytesReceived\":0,",
                    "\"POST\"\"PUT\"\"DELETE\"\"OPTIONS\"\"status\":204,\"reason\":\"No Content\"\"status\":304,\"reason\":\"Not Modified\"",
                    "\"status\":302,\"reason\":\"Found\"\"status\":404,\"reason\":\"Not Found\",\"complete\":false,\"base64\":\"",
                    "],[\"Sec-Fetch-Site\",\"same-origin\"],[\"Sec-Fetch-Mode\",\"cors\"],[\"Sec-Fetch-Dest\",\"empty\"],",
                    "[\"Accept-Language\",\"en-US,en;q=0.9\"],[\"Origin\",\"https://],[\"Referer\",\"https://],[\"Authorization\",\"Bearer ey",
                    "],[\"User-Agent\",\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/ Safari/537.36\"],",
                    "[\"Accept-Encoding\",\"gzip, deflate, br, zstd\"],[\"Connection\",\"keep-alive\"],[\"Cookie\",\"session=\"],[\"Set-Cookie\",\"",
                    "; Path=/; HttpOnly; Secure; SameSite=Lax\"],[\"Last-Modified\",\"],[\"ETag\",\"W/\\\"],[\"Vary\",\"Accept-Encoding\"],",
                    "[\"Content-Encoding\",\"gzip\"],[\"Transfer-Encoding\",\"chunked\"],[\"Cache-Control\",\"no-cache, no-store, max-age=0\"],",
                    "[\"Server\",\"nginx\"],[\"Date\",\"Mon, 01 Jan 2026 00:00:00 GMT\"],[\"content-type\",\"text/html; charset=utf-8\"],",
                    "{\"v\":1,\"id\":1,\"startedAt\":\"2026-01-01T00:00:00.000000000Z\",\"client\":{\"address\":{\"ip\":\"127.0.0.1\",\"port\":50000},",
                    "\"connection\":1,\"listener\":\"main\"},\"clientHop\":{\"version\":\"HTTP/1.1\"},\"originHop\":{\"version\":\"HTTP/1.1\"},",
                    "\"route\":{\"kind\":\"DIRECT\",\"nextHop\":\"\"},\"remote\":{\"ip\":\"127.0.0.1\",\"port\":443},",
                    "\"request\":{\"method\":\"GET\",\"target\":\"http://\",\"version\":\"HTTP/1.1\",",
                    "\"origin\":{\"scheme\":\"https\",\"host\":\"\",\"port\":443},\"headers\":[[\"Host\",\"\"],[\"Accept\",\"*/*\"]],",
                    "\"body\":{\"size\":0}},\"response\":{\"status\":200,\"reason\":\"OK\",\"version\":\"HTTP/1.1\",",
                    "\"headers\":[[\"Content-Type\",\"application/json\"],[\"Content-Length\",\"0\"]],\"body\":{\"size\":0,\"text\":\"{\\\"\"}},",
                    "\"timings\":{\"blocked\":-1,\"dns\":-1,\"connect\":-1,\"tls\":-1,\"send\":0,\"wait\":0,\"receive\":0},",
                    "\"sizes\":{\"requestHead\":0,\"requestBody\":0,\"responseHead\":0,\"responseBody\":0},",
                    "\"outcome\":{\"status\":\"COMPLETED\",\"side\":\"NONE\",\"bytes\":0,\"detail\":\"\"}}\n")
            .getBytes(US_ASCII);

    private PresetDictionary() {}

    /** Has a stream begin with it; the deflater is new or was used for another stream. */
    static void begin(Deflater deflater) {
        deflater.reset();
        deflater.setDictionary(BYTES);
    }

    /** Reads what was packed, with it or without: until this version there was none. The caller ends the inflater. */
    static InputStream open(byte[] packed, Inflater inflater) throws IOException {
        inflater.setInput(packed);
        if (packed.length > 1 && (packed[1] & FDICT) != 0) {
            pass(inflater);
        }
        return new InflaterInputStream(InputStream.nullInputStream(), inflater);
    }

    /** Passes over the stream's header, behind which it wants its dictionary. */
    private static void pass(Inflater inflater) throws IOException {
        try {
            inflater.inflate(new byte[1]);
            if (inflater.needsDictionary()) {
                inflater.setDictionary(BYTES);
            }
        } catch (DataFormatException e) {
            throw new IOException("its packed bytes are damaged", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("it was packed with a dictionary that this version doesn't have", e);
        }
    }
}
