package io.github.captureproxy.internal.hpack;

/**
 * Takes decoded field lines, in the order of the block.
 *
 * <p>It decides how much a block may expand to: a field costs its sender one byte when it stands in a table, so whoever
 * keeps fields has to count them, and may ignore those past its limit. The decoder's table stays right when fields are
 * ignored.
 */
@FunctionalInterface
public interface FieldSink {

    /**
     * Takes one field line. The arrays are valid only during the call, are not to be written to, and hold more than the
     * field. The decoder must not be called from here.
     *
     * @param name the array that the name is in; nothing is known of its bytes, they may be upper case or forbidden ones
     * @param nameFrom where the name starts
     * @param nameLength the length of the name in bytes, 0 or more
     * @param value the array that the value is in, which may be the same one
     * @param valueFrom where the value starts
     * @param valueLength the length of the value in bytes, 0 or more
     * @param neverIndexed whether whoever sends the field on must not put it into a table (RFC 7541 6.2.3)
     */
    void field(
            byte[] name,
            int nameFrom,
            int nameLength,
            byte[] value,
            int valueFrom,
            int valueLength,
            boolean neverIndexed);
}
