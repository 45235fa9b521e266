package io.github.captureproxy.tls.testkit;

import io.github.captureproxy.internal.wire.ClientHelloParser;
import io.github.captureproxy.spi.ClientHello;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A ClientHello put together by hand. */
public final class HelloBytes {
    /** The base point of X25519: as good a key share as any (RFC 7748 section 4.1). */
    private static final byte[] X25519 = new byte[32];

    /** The base point of P-256. */
    private static final byte[] P256 = HexFormat.of()
            .parseHex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");

    static {
        X25519[0] = 9;
    }

    private int[] suites = {0x1301};
    private final Map<Integer, byte[]> extensions = new LinkedHashMap<>();
    private byte compression;

    public HelloBytes suites(int... values) {
        suites = values;
        return this;
    }

    public HelloBytes suites(List<Integer> values) {
        return suites(ints(values));
    }

    public HelloBytes versions(int... values) {
        return extension(43, vector(1, u16(values)));
    }

    public HelloBytes groups(List<Integer> values) {
        return extension(10, vector(2, u16(ints(values)))).extension(11, new byte[] {1, 0});
    }

    public HelloBytes signatures(List<Integer> values) {
        return extension(13, vector(2, u16(ints(values))));
    }

    /** Key shares for those of the groups that there is one for. */
    public HelloBytes keyShares(List<Integer> groups) {
        byte[] shares = {};
        for (int group : groups) {
            byte[] share = group == 0x1d ? X25519 : group == 0x17 ? P256 : new byte[0];
            if (share.length > 0) {
                shares = concat(shares, u16(group), vector(2, share));
            }
        }
        return extension(51, vector(2, shares));
    }

    public HelloBytes serverName(String name) {
        byte[] entry = concat(new byte[] {0}, vector(2, name.getBytes(StandardCharsets.ISO_8859_1)));
        return extension(0, vector(2, entry));
    }

    public HelloBytes alpn(List<String> names) {
        byte[] list = {};
        for (String name : names) {
            list = concat(list, vector(1, name.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return extension(16, vector(2, list));
    }

    public HelloBytes compression(int method) {
        compression = (byte) method;
        return this;
    }

    public HelloBytes extension(int type, byte[] data) {
        extensions.put(type, data);
        return this;
    }

    @Override
    public String toString() {
        return suites.length + " suites " + Arrays.toString(suites) + " "
                + HexFormat.of().formatHex(record());
    }

    /** The hello as one record. */
    public byte[] record() {
        byte[] block = {};
        for (Map.Entry<Integer, byte[]> extension : extensions.entrySet()) {
            block = concat(block, u16(extension.getKey()), vector(2, extension.getValue()));
        }
        byte[] body = concat(
                u16(0x0303),
                new byte[32],
                vector(1, new byte[32]),
                vector(2, u16(suites)),
                new byte[] {1, compression},
                vector(2, block));
        return concat(new byte[] {22, 3, 1}, vector(2, concat(new byte[] {1}, vector(3, body))));
    }

    /** The hello as the proxy reads it. */
    public ClientHello parsed() {
        return parse(record());
    }

    /** A hello as the proxy reads it. */
    public static ClientHello parse(byte[] record) {
        return ClientHelloParser.parse(ByteBuffer.wrap(record)).hello().orElseThrow();
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static byte[] vector(int lengthBytes, byte[] data) {
        byte[] length = new byte[lengthBytes];
        for (int i = 0; i < lengthBytes; i++) {
            length[i] = (byte) (data.length >> 8 * (lengthBytes - 1 - i));
        }
        return concat(length, data);
    }

    private static byte[] u16(int... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length);
        Arrays.stream(values).forEach(value -> out.putShort((short) value));
        return out.array();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
