package io.github.captureproxy.internal.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.HeadWriter;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Makes heads of field sections, in the form that HTTP/1.1 would give them: the rest of the engine knows one form of a
 * head. {@code :authority} becomes {@code host}, and crumbs of cookies are joined (RFC 9113 sections 8.2.3 and 8.3).
 * Whatever could be read in two ways once it is written so is refused. Pure.
 */
final class SectionReader {
    private static final byte[] METHOD = ":method".getBytes(ISO_8859_1);
    private static final byte[] SCHEME = ":scheme".getBytes(ISO_8859_1);
    private static final byte[] AUTHORITY = ":authority".getBytes(ISO_8859_1);
    private static final byte[] PATH = ":path".getBytes(ISO_8859_1);
    private static final byte[] STATUS = ":status".getBytes(ISO_8859_1);
    private static final byte[] COOKIE = "cookie".getBytes(ISO_8859_1);

    private static final int ABSENT = -1;

    private final FieldSection section;
    private final int maxFields;
    private final byte[] out;
    private final HeadWriter writer;
    private final BitSet neverIndexed = new BitSet();
    private int written;

    private SectionReader(FieldSection section, int maxFields) {
        this.section = section;
        this.maxFields = maxFields;
        int size = 64;
        for (int i = 0; i < section.count(); i++) {
            size += section.valueEnd(i) - section.nameStart(i) + 4;
        }
        this.out = new byte[2 * size]; // the authority may be written twice
        this.writer = new HeadWriter(out);
    }

    /**
     * A request's head (RFC 9113 section 8.3.1).
     *
     * @param section the section
     * @param absolute true to have the target name scheme and authority, as one that is sent to a proxy
     * @param maxFields the most field lines
     * @return the head
     * @throws MalformedMessageException if the request is malformed
     */
    static RequestHead request(FieldSection section, boolean absolute, int maxFields) throws MalformedMessageException {
        check(section);
        return new SectionReader(section, maxFields).request(absolute);
    }

    /**
     * A response's head (RFC 9113 section 8.3.2).
     *
     * @param section the section
     * @param maxFields the most field lines
     * @return the head
     * @throws MalformedMessageException if the response is malformed
     */
    static ResponseHead response(FieldSection section, int maxFields) throws MalformedMessageException {
        check(section);
        return new SectionReader(section, maxFields).response();
    }

    /**
     * A trailer section (RFC 9113 section 8.1).
     *
     * @param section the section
     * @param maxFields the most field lines
     * @return the fields
     * @throws MalformedMessageException if it makes its message malformed
     */
    static Fields trailers(FieldSection section, int maxFields) throws MalformedMessageException {
        check(section);
        if (section.pseudo() > 0) {
            throw malformed("a pseudo-field in a trailer section");
        }
        SectionReader reader = new SectionReader(section, maxFields);
        reader.fields(false);
        return HeadParser.http2Trailers(Arrays.copyOf(reader.out, reader.writer.end()), maxFields, reader.neverIndexed);
    }

    private static void check(FieldSection section) throws MalformedMessageException {
        if (section.isTooLarge()) {
            throw new MalformedMessageException(431, "the fields are larger than the limit");
        }
        String problem = section.problem();
        if (problem != null) {
            throw malformed(problem);
        }
    }

    private static MalformedMessageException malformed(String problem) {
        return new MalformedMessageException(400, problem);
    }

    private RequestHead request(boolean absolute) throws MalformedMessageException {
        int method = pseudo(METHOD);
        int scheme = pseudo(SCHEME);
        int authority = pseudo(AUTHORITY);
        int path = pseudo(PATH);
        checkOnly(method, scheme, authority, path);
        if (method == ABSENT) {
            throw malformed("no :method");
        }
        int host = host(authority);
        checkNotEmpty(authority == ABSENT ? host : authority);
        if (section.valueIs(method, "CONNECT")) {
            connect(method, scheme, authority, path);
        } else {
            requestLine(method, scheme, path, absolute ? (authority == ABSENT ? host : authority) : ABSENT);
        }
        if (authority != ABSENT && host == ABSENT) {
            writer.put("host: ");
            putValue(authority);
            line();
        }
        fields(true);
        return HeadParser.http2Request(Arrays.copyOf(out, writer.end()), maxFields, neverIndexed);
    }

    /** The line of a pseudo-field; a repeated one is malformed. */
    private int pseudo(byte[] name) throws MalformedMessageException {
        int found = ABSENT;
        for (int i = 0; i < section.pseudo(); i++) {
            if (section.nameIs(i, name)) {
                if (found != ABSENT) {
                    throw malformed("a repeated pseudo-field");
                }
                found = i;
            }
        }
        return found;
    }

    private void checkOnly(int... known) throws MalformedMessageException {
        int count = 0;
        for (int i : known) {
            count += i == ABSENT ? 0 : 1;
        }
        if (count != section.pseudo()) {
            throw malformed("an unknown pseudo-field");
        }
    }

    /** The line of {@code host}, which must not name another origin than {@code :authority}. */
    private int host(int authority) throws MalformedMessageException {
        int found = ABSENT;
        for (int i = section.pseudo(); i < section.count(); i++) {
            if (known(i) == FieldName.HOST) {
                if (found != ABSENT) {
                    throw malformed("more than one host");
                }
                found = i;
            }
        }
        if (found != ABSENT
                && authority != ABSENT
                && !section.value(found).equalsIgnoreCase(section.value(authority))) {
            throw malformed("a host other than :authority");
        }
        return found;
    }

    /** RFC 9113 section 8.3.1: an origin of http or https has a name. */
    private void checkNotEmpty(int authority) throws MalformedMessageException {
        if (authority != ABSENT && section.valueStart(authority) == section.valueEnd(authority)) {
            throw malformed("an empty authority");
        }
    }

    /** RFC 9113 section 8.5. */
    private void connect(int method, int scheme, int authority, int path) throws MalformedMessageException {
        if (scheme != ABSENT || path != ABSENT || authority == ABSENT) {
            throw malformed("CONNECT with the wrong pseudo-fields");
        }
        putValue(method);
        writer.put(" ");
        putValue(authority);
        writer.put(" HTTP/1.1\r\n");
    }

    private void requestLine(int method, int scheme, int path, int authority) throws MalformedMessageException {
        if (scheme == ABSENT || path == ABSENT) {
            throw malformed("no :scheme or no :path");
        }
        String name = section.value(scheme);
        if (!name.equals("http") && !name.equals("https")) {
            throw malformed("a :scheme other than http and https");
        }
        byte first = section.valueStart(path) < section.valueEnd(path) ? section.bytes()[section.valueStart(path)] : 0;
        boolean asterisk = section.valueIs(path, "*");
        if (first != '/' && !(asterisk && section.valueIs(method, "OPTIONS"))) {
            throw malformed("a :path that does not start with a slash");
        }
        putValue(method);
        writer.put(" ");
        if (authority != ABSENT) {
            writer.put(name).put("://");
            putValue(authority);
        }
        if (authority == ABSENT || !asterisk) {
            putValue(path);
        }
        writer.put(" HTTP/1.1\r\n");
    }

    private ResponseHead response() throws MalformedMessageException {
        int status = pseudo(STATUS);
        checkOnly(status);
        if (status == ABSENT) {
            throw malformed("no :status");
        }
        String code = section.value(status);
        if (code.length() != 3 || code.equals("101")) {
            throw malformed("a :status that has no meaning in HTTP/2");
        }
        writer.put("HTTP/1.1 ");
        putValue(status);
        writer.put(" \r\n");
        fields(false);
        return HeadParser.http2Response(Arrays.copyOf(out, writer.end()), maxFields, neverIndexed);
    }

    private void fields(boolean ofRequest) throws MalformedMessageException {
        int cookies = ABSENT;
        for (int i = section.pseudo(); i < section.count(); i++) {
            checkField(i, ofRequest);
            if (ofRequest && section.nameIs(i, COOKIE)) {
                if (cookies == ABSENT) {
                    cookies = i;
                    cookies(i);
                }
                continue;
            }
            putName(i);
            putValue(i);
            mark(i);
            line();
        }
    }

    private void cookies(int first) {
        putName(first);
        for (int i = first; i < section.count(); i++) {
            if (section.nameIs(i, COOKIE)) {
                writer.put(i == first ? "" : "; ");
                putValue(i);
                mark(i);
            }
        }
        line();
    }

    /** Fields about a connection have no place in HTTP/2 (RFC 9113 section 8.2.2). */
    private void checkField(int i, boolean ofRequest) throws MalformedMessageException {
        switch (known(i)) {
            case CONNECTION, PROXY_CONNECTION, KEEP_ALIVE, TRANSFER_ENCODING, UPGRADE ->
                throw malformed("a field about a connection");
            case TE -> {
                if (ofRequest && !section.valueIs(i, "trailers")) {
                    throw malformed("a te other than trailers");
                }
            }
            default -> {
                // passes
            }
        }
    }

    private FieldName known(int i) {
        return FieldName.of(section.bytes(), section.nameStart(i), section.nameEnd(i));
    }

    private void putName(int i) {
        writer.put(section.bytes(), section.nameStart(i), section.nameEnd(i)).put(": ");
    }

    private void putValue(int i) {
        writer.put(section.bytes(), section.valueStart(i), section.valueEnd(i));
    }

    private void mark(int i) {
        if (section.isNeverIndexed(i)) {
            neverIndexed.set(written);
        }
    }

    private void line() {
        writer.put("\r\n");
        written++;
    }
}
