package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is written across the end of the buffer is what is written elsewhere. */
class JsonOutTest {
    private static final int BUFFER = 16 * 1024;
    private static final int AROUND = 80;

    @Test
    void namesAndNumbersStandWholeWhereverTheBufferEnds() throws IOException {
        for (int before = BUFFER - AROUND; before <= BUFFER; before++) {
            assertThat(written(before))
                    .isEqualTo("{\"before\":\"" + "x".repeat(before) + "\",\"startedAt\":\"\u00e9\\n\","
                            + "\"least\":-9223372036854775808,\"complete\":true,\"none\":{\"sizes\":[0,1]}}");
        }
    }

    private static String written(int before) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonOut json = new JsonOut(out)) {
            json.beginObject().field("before", "x".repeat(before)).field("startedAt", "\u00e9\n");
            json.field("least", Long.MIN_VALUE).field("complete", true).beginObject("none");
            json.beginArray("sizes").number(0).number(1).endArray().endObject().endObject();
        }
        return out.toString(UTF_8);
    }
}
