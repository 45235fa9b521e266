package io.github.captureproxy.examples.benchmark.pure;

import java.nio.charset.StandardCharsets;

/** Heads as browsers and servers write them. */
final class Heads {
    static final int MAX_FIELDS = 500;

    static final byte[] REQUEST = bytes(
            "GET http://shop.example/catalogue/items?page=3&sort=price HTTP/1.1",
            "Host: shop.example",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language: en-GB,en;q=0.5",
            "Accept-Encoding: gzip, deflate",
            "Connection: keep-alive",
            "Cookie: session=4f1c2d9e8b7a6055; theme=dark; consent=1",
            "Upgrade-Insecure-Requests: 1");

    static final byte[] RESPONSE = bytes(
            "HTTP/1.1 200 OK",
            "Date: Mon, 01 Jan 2024 00:00:00 GMT",
            "Server: origin",
            "Content-Type: text/html; charset=utf-8",
            "Content-Length: 1024",
            "Cache-Control: private, max-age=0",
            "ETag: \"5e1f-60d2a9c0\"",
            "Vary: Accept-Encoding",
            "Connection: keep-alive");

    private Heads() {}

    private static byte[] bytes(String... lines) {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
