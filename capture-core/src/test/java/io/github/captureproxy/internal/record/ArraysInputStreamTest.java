package io.github.captureproxy.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ArraysInputStreamTest {
    @Property(tries = 500)
    void skippingAndReadingInTurnIsLikeThatOfOneArray(
            @ForAll @Size(max = 8) List<@Size(max = 20) byte[]> arrays,
            @ForAll @IntRange(max = 20) int unused,
            @ForAll @Size(max = 12) List<@IntRange(min = -1, max = 40) Integer> steps)
            throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        arrays.forEach(joined::writeBytes);
        int length = Math.max(0, joined.size() - unused);
        InputStream one = new ByteArrayInputStream(joined.toByteArray(), 0, length);
        InputStream many = new ArraysInputStream(arrays.toArray(new byte[0][]), length);

        for (int step : steps) {
            assertThat(many.skip(step)).isEqualTo(one.skip(step));
            assertThat(many.available()).isEqualTo(one.available());
            assertThat(many.read()).isEqualTo(one.read());
            assertThat(many.readNBytes(step / 4 + 1)).isEqualTo(one.readNBytes(step / 4 + 1));
        }
        assertThat(many.readAllBytes()).isEqualTo(one.readAllBytes());
    }
}
