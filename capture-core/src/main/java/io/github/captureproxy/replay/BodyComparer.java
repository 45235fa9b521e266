package io.github.captureproxy.replay;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.MediaType;
import io.github.captureproxy.replay.Difference.Part;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what differs between two bodies: by value where both are JSON, by line where both are text, else by byte. */
final class BodyComparer {
    private final Ignored ignored;
    private final Differences found;

    BodyComparer(Ignored ignored, Differences found) {
        this.ignored = ignored;
        this.found = found;
    }

    void compare(CapturedBody old, CapturedBody now) {
        if (old.isTruncated() || now.isTruncated()) {
            cut(old, now);
            return;
        }
        byte[] before = bytes(old);
        byte[] after = bytes(now);
        if (Arrays.equals(before, after)) {
            return;
        }
        Optional<Map<String, String>> oldValues = isJson(old) ? JsonValues.of(before) : Optional.empty();
        Optional<Map<String, String>> newValues = isJson(now) ? JsonValues.of(after) : Optional.empty();
        if (oldValues.isPresent() && newValues.isPresent()) {
            values(oldValues.get(), newValues.get());
        } else if (isText(old) && isText(now) && before.length > 0 && after.length > 0) {
            lines(old.text(), now.text());
        } else {
            bytes(before, after);
        }
    }

    /** Only the beginnings are there: they are compared as they are on the wire, and no further. */
    private void cut(CapturedBody old, CapturedBody now) {
        if (old.size() != now.size() && old.isComplete() && now.isComplete()) {
            found.add(Part.BODY, "", old.size() + " bytes", now.size() + " bytes");
        }
        byte[] before = old.bytes();
        byte[] after = now.bytes();
        int length = Math.min(before.length, after.length);
        if (!Arrays.equals(before, 0, length, after, 0, length)) {
            bytes(before, after);
        }
        found.note("only the first " + length + " bytes of the bodies were captured on both sides");
    }

    private static byte[] bytes(CapturedBody body) {
        try {
            return body.decoded();
        } catch (ContentDecodingException e) { // an unknown or broken coding: the bytes themselves are compared
            return body.bytes();
        }
    }

    private static boolean isJson(CapturedBody body) {
        String type = body.mediaType().map(MediaType::essence).orElse("");
        return type.equals("application/json") || type.endsWith("+json") || type.equals("text/json");
    }

    private static boolean isText(CapturedBody body) {
        String type = body.mediaType().map(MediaType::essence).orElse("");
        boolean named = type.startsWith("text/")
                || type.endsWith("xml")
                || type.endsWith("json")
                || type.endsWith("javascript")
                || type.equals("application/x-www-form-urlencoded");
        return named && isDecodable(body);
    }

    private static boolean isDecodable(CapturedBody body) {
        try {
            body.decoded();
            return true;
        } catch (ContentDecodingException e) { // it is compared by byte then
            return false;
        }
    }

    private void values(Map<String, String> old, Map<String, String> now) {
        Set<String> pointers = new TreeSet<>(old.keySet());
        pointers.addAll(now.keySet());
        for (String pointer : pointers) {
            String before = old.getOrDefault(pointer, Difference.NONE);
            String after = now.getOrDefault(pointer, Difference.NONE);
            if (!before.equals(after) && !ignored.json(pointer)) {
                found.add(Part.BODY, pointer.isEmpty() ? "(the whole)" : pointer, before, after);
            }
        }
    }

    /** What stands between the lines that both begin with, and those that both end with. */
    private void lines(String old, String now) {
        String[] before = old.split("\r?\n", -1);
        String[] after = now.split("\r?\n", -1);
        int start = 0;
        while (start < before.length && start < after.length && before[start].equals(after[start])) {
            start++;
        }
        int same = 0;
        while (same < Math.min(before.length, after.length) - start
                && before[before.length - 1 - same].equals(after[after.length - 1 - same])) {
            same++;
        }
        int beforeEnd = before.length - same;
        int afterEnd = after.length - same;
        for (int line = start; line < Math.max(beforeEnd, afterEnd); line++) {
            String oldLine = line < beforeEnd ? before[line] : Difference.NONE;
            String newLine = line < afterEnd ? after[line] : Difference.NONE;
            if (!oldLine.equals(newLine)) {
                found.add(Part.BODY, "line " + (line + 1), oldLine, newLine);
            }
        }
        if (start == before.length && start == after.length) {
            found.add(Part.BODY, "", "other line ends or another charset", "than before");
        }
    }

    private void bytes(byte[] before, byte[] after) {
        int offset = Arrays.mismatch(before, after);
        found.add(Part.BODY, "from byte " + offset, before.length + " bytes", after.length + " bytes");
    }
}
