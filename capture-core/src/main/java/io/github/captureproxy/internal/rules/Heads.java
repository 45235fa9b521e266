package io.github.captureproxy.internal.rules;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.HeadWriter;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.ReasonPhrase;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.rules.Answer;
import io.github.captureproxy.rules.RuleAction.HeaderEdit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Makes heads anew with what rules change of them. What comes out is read by the same strict parser as a head from the
 * network. Pure.
 */
public final class Heads {
    /** RFC 9110 section 15.3.5. */
    private static final int NO_CONTENT = 204;

    /** RFC 9110 section 15.4.5. */
    private static final int NOT_MODIFIED = 304;

    private Heads() {}

    /**
     * What makes a head fit a body that a rule has made: it has no coding, and its own length.
     *
     * @param length bytes of the body
     * @return the changes
     */
    public static List<HeaderEdit> forBody(int length) {
        return List.of(
                new HeaderEdit("Content-Encoding", Optional.empty(), false),
                new HeaderEdit("Content-MD5", Optional.empty(), false),
                new HeaderEdit("Content-Digest", Optional.empty(), false),
                new HeaderEdit("Transfer-Encoding", Optional.empty(), false),
                new HeaderEdit("Content-Length", Optional.of(String.valueOf(length)), false));
    }

    /**
     * A request's head with changes.
     *
     * @param head the head
     * @param method the method
     * @param target the target, in whatever form
     * @param edits what becomes of its fields
     * @param limit of the head's bytes
     * @return the new head, in the version of the old one
     * @throws MalformedMessageException if it would be larger than the limit, or break a rule of HTTP
     */
    public static RequestHead request(RequestHead head, String method, String target, List<HeaderEdit> edits, int limit)
            throws MalformedMessageException {
        Lines lines = new Lines(head.fields()).edited(edits);
        byte[] bytes = lines.head(method + " " + target + " HTTP/1." + head.minorVersion(), limit);
        return head.isHttp2()
                ? HeadParser.http2Request(bytes, lines.count(), lines.neverIndexed())
                : HeadParser.request(bytes, lines.count());
    }

    /**
     * A response's head with changes.
     *
     * @param head the head
     * @param status the status
     * @param edits what becomes of its fields
     * @param limit of the head's bytes
     * @return the new head, in the version of the old one
     * @throws MalformedMessageException if it would be larger than the limit, or break a rule of HTTP
     */
    public static ResponseHead response(ResponseHead head, int status, List<HeaderEdit> edits, int limit)
            throws MalformedMessageException {
        Lines lines = new Lines(head.fields()).edited(edits);
        String reason = status == head.status() ? head.reason() : ReasonPhrase.of(status);
        byte[] bytes = lines.head("HTTP/1." + head.minorVersion() + " " + status + " " + reason, limit);
        return head.isHttp2()
                ? HeadParser.http2Response(bytes, lines.count(), lines.neverIndexed())
                : HeadParser.response(bytes, lines.count());
    }

    /**
     * The head of an answer in place of an origin's.
     *
     * @param answer the answer
     * @param method of the request
     * @param limit of the head's bytes
     * @return its head, with its length
     * @throws MalformedMessageException if it would be larger than the limit
     */
    public static ResponseHead answer(Answer answer, String method, int limit) throws MalformedMessageException {
        Lines lines = new Lines(answer.headers());
        boolean ofOther = method.equals("HEAD") || answer.status() == NOT_MODIFIED;
        int length = answer.body().length;
        if (!ofOther && answer.status() != NO_CONTENT && !answer.trailers().isEmpty()) {
            lines.add("Transfer-Encoding: chunked");
        } else if (answer.status() != NO_CONTENT && !(ofOther && length == 0)) { // RFC 9110 section 8.6
            lines.add("Content-Length: " + length);
        }
        String line = "HTTP/1.1 " + answer.status() + " " + ReasonPhrase.of(answer.status());
        return HeadParser.response(lines.head(line, limit), lines.count());
    }

    /**
     * The trailer section of an answer in place of an origin's.
     *
     * @param answer the answer
     * @param limit of the section's bytes
     * @return its trailers
     * @throws MalformedMessageException if it would be larger than the limit
     */
    public static Fields trailers(Answer answer, int limit) throws MalformedMessageException {
        Lines lines = new Lines(answer.trailers());
        return HeadParser.trailers(lines.section(limit), lines.count());
    }

    /** Field lines, and which of them are kept out of HPACK tables. */
    private static final class Lines {
        private final List<String> lines = new ArrayList<>();
        private final BitSet neverIndexed = new BitSet();

        Lines(Fields fields) {
            for (int i = 0; i < fields.count(); i++) {
                neverIndexed.set(lines.size(), fields.isNeverIndexed(i));
                lines.add(fields.name(i) + ": " + fields.value(i));
            }
        }

        Lines(HeaderList headers) {
            for (Header header : headers) {
                add(header.name() + ": " + header.value());
            }
        }

        void add(String line) {
            lines.add(line);
        }

        Lines edited(List<HeaderEdit> edits) {
            edits.forEach(this::edit);
            return this;
        }

        private void edit(HeaderEdit edit) {
            String line = edit.value().map(value -> edit.name() + ": " + value).orElse("");
            boolean written = line.isEmpty();
            for (int i = 0; i < lines.size() && !edit.keepsOthers(); i++) {
                if (!isNamed(lines.get(i), edit.name())) {
                    continue;
                }
                if (written) {
                    remove(i--);
                } else {
                    written = true;
                    lines.set(i, line);
                }
            }
            if (!written) {
                lines.add(line);
            }
        }

        private void remove(int i) {
            lines.remove(i);
            for (int at = i; at < lines.size() + 1; at++) {
                neverIndexed.set(at, neverIndexed.get(at + 1));
            }
        }

        private static boolean isNamed(String line, String name) {
            return line.length() > name.length()
                    && line.charAt(name.length()) == ':'
                    && line.regionMatches(true, 0, name, 0, name.length());
        }

        int count() {
            return lines.size();
        }

        BitSet neverIndexed() {
            return neverIndexed;
        }

        byte[] head(String startLine, int limit) throws MalformedMessageException {
            StringBuilder fields = new StringBuilder();
            lines.forEach(line -> fields.append(line).append("\r\n"));
            return within(limit, HeadWriter.head(startLine, fields.toString()));
        }

        byte[] section(int limit) throws MalformedMessageException {
            StringBuilder fields = new StringBuilder();
            lines.forEach(line -> fields.append(line).append("\r\n"));
            return within(limit, fields.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        }

        private static byte[] within(int limit, byte[] bytes) throws MalformedMessageException {
            if (bytes.length > limit) {
                throw new MalformedMessageException(502, "a rule makes a head larger than the limit");
            }
            return bytes;
        }
    }
}
