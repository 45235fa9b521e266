package io.github.captureproxy.internal.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request's head into the one that is sent on: the target in the form that the next hop takes, {@code Host}
 * made from the target (RFC 9112 3.2.2), hop-by-hop fields left out (RFC 9110 7.6.1), all else byte for byte.
 *
 * @param absolute true to send the target in absolute-form, to an upstream proxy
 * @param host the value for {@code Host}; null to take the target's authority, or to keep the field where there is none
 * @param credentials a whole {@code Proxy-Authorization} value for an upstream proxy, or null
 * @param via the name to add to {@code Via}, or null
 * @param upgrade true to pass {@code Upgrade} on
 * @param framing a whole field line to add for a body that came without one in HTTP/2; empty for none
 */
public record RequestRewriter(
        boolean absolute,
        byte @Nullable [] host,
        @Nullable String credentials,
        @Nullable String via,
        boolean upgrade,
        String framing) {
    private static final String VERSION = " HTTP/1.1\r\n";

    /**
     * Writes the head.
     *
     * @param head the request as it came
     * @param target its target
     * @param hopByHop what stays behind
     * @param out where to
     * @return how many bytes it has
     */
    public int write(RequestHead head, RequestTarget target, HopByHop hopByHop, byte[] out) {
        HeadWriter writer = new HeadWriter(out);
        byte[] bytes = head.bytes();
        writer.put(bytes, 0, head.targetStart());
        if (absolute && target.form() == RequestTarget.Form.ABSOLUTE) {
            writer.put(bytes, head.targetStart(), head.targetEnd());
        } else {
            if (absolute && host != null) {
                writer.put("http://").put(host, 0, host.length);
            }
            writer.put(target.pathPrefix()).put(bytes, target.pathStart(), target.pathEnd());
        }
        writer.put(VERSION);
        fields(head, target, hopByHop, writer);
        writer.put(framing);
        if (credentials != null) {
            writer.field("Proxy-Authorization", credentials);
        }
        if (via != null) {
            writer.field("Via", head.viaVersion() + " " + via);
        }
        return writer.end();
    }

    private void fields(RequestHead head, RequestTarget target, HopByHop hopByHop, HeadWriter writer) {
        Fields fields = head.fields();
        if (!fields.has(FieldName.HOST)) {
            writer.put("Host: ");
            putHost(head, target, writer).put("\r\n");
        }
        boolean connectionWritten = false;
        int run = head.fieldsStart();
        for (int i = 0; i < fields.count(); i++) {
            if (passesAsIs(head, target, hopByHop, i)) {
                continue;
            }
            writer.put(fields.bytes(), run, fields.lineStart(i));
            run = fields.lineEnd(i);
            switch (fields.known(i)) {
                case HOST -> {
                    writer.put(fields.bytes(), fields.nameStart(i), fields.nameEnd(i))
                            .put(": ");
                    putHost(head, target, writer).put("\r\n");
                }
                case MAX_FORWARDS -> writer.field(fields.name(i), decremented(fields.value(i)));
                case CONNECTION -> {
                    if (upgrade && !connectionWritten) {
                        connectionWritten = true;
                        writer.field(fields.name(i), "Upgrade");
                    }
                }
                default -> {
                    // left out
                }
            }
        }
        writer.put(fields.bytes(), run, head.bytes().length - 2);
    }

    private boolean passesAsIs(RequestHead head, RequestTarget target, HopByHop hopByHop, int i) {
        Fields fields = head.fields();
        return switch (fields.known(i)) {
            case HOST -> isHostRight(head, target, i);
            case TRANSFER_ENCODING -> true;
            case UPGRADE -> upgrade;
            case MAX_FORWARDS -> !countsForwards(head.method());
            default -> !hopByHop.drops(fields, i);
        };
    }

    /**
     * Tells if a method's {@code Max-Forwards} is to be counted down (RFC 9110 7.6.2).
     *
     * @param method the method
     * @return true for TRACE and OPTIONS
     */
    public static boolean countsForwards(String method) {
        return method.equals("TRACE") || method.equals("OPTIONS");
    }

    /**
     * Tells if a {@code Max-Forwards} says that a request goes no further (RFC 9110 7.6.2).
     *
     * @param value the value as it came
     * @return true for zero, with any number of digits
     */
    public static boolean isLastForward(String value) {
        return isNumber(value) && value.chars().allMatch(digit -> digit == '0');
    }

    /**
     * Counts a {@code Max-Forwards} down (RFC 9110 7.6.2).
     *
     * @param value the value as it came
     * @return one less, and no more than there is any use for; the same if it is no number
     */
    public static String decremented(String value) {
        if (!isNumber(value)) {
            return value; // RFC 9110 says nothing of it, so it passes
        }
        try {
            return String.valueOf(Math.max(0, Integer.parseInt(value) - 1));
        } catch (NumberFormatException e) { // a number, but larger than any that is of use
            return String.valueOf(Integer.MAX_VALUE);
        }
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private boolean isHostRight(RequestHead head, RequestTarget target, int i) {
        Fields fields = head.fields();
        byte[] bytes = head.bytes();
        int from = fields.valueStart(i);
        int to = fields.valueEnd(i);
        if (host != null) {
            return Arrays.equals(bytes, from, to, host, 0, host.length);
        }
        return target.form() != RequestTarget.Form.ABSOLUTE
                || Arrays.equals(bytes, from, to, bytes, target.authorityStart(), target.authorityEnd());
    }

    private HeadWriter putHost(RequestHead head, RequestTarget target, HeadWriter writer) {
        return host != null
                ? writer.put(host, 0, host.length)
                : writer.put(head.bytes(), target.authorityStart(), target.authorityEnd());
    }
}
