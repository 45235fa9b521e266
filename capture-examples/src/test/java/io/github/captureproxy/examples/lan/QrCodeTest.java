package io.github.captureproxy.examples.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes are read back as a phone does */
class QrCodeTest {
    private static final String LINK = "http://192.168.100.200:55555/?code=K7QM-2XPD";
    private static final int SCALE = 8;
    private static final int WHITE = 0xffffff;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linesOnATerminalAreRead(boolean colour) throws Exception {
        List<String> lines = QrCode.lines(LINK, colour).stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .toList();
        int size = lines.get(0).length();
        boolean[][] dark = new boolean[size][size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                char block = lines.get(y / 2).charAt(x);
                boolean drawn = block == '\u2588' || block == (y % 2 == 0 ? '\u2580' : '\u2584');
                dark[y][x] = drawn == colour;
            }
        }
        assertThat(read(dark)).isEqualTo(LINK);
    }

    @Test
    void linesFitATerminalOfEightyColumnsAndHaveAQuietZone() {
        List<String> lines =
                QrCode.lines("http://[2001:db8:1234:5678:9abc:def0:1234:5678]:55555/?code=K7QM-2XPD", false);
        assertThat(lines.subList(0, lines.size() - 1)) // the last one has one row of modules
                .allMatch(line -> line.length() <= 80 && line.startsWith("\u2588\u2588\u2588\u2588"));
        assertThat(lines.get(0)).matches("\u2588+");
        assertThat(lines).hasSizeLessThanOrEqualTo(24);
    }

    @Test
    void anImageIsReadAndHoldsNothingElse() throws Exception {
        String svg = QrCode.svg(LINK);
        int size = Integer.parseInt(find(svg, "viewBox=\"0 0 (\\d+) ").get(0).group(1));
        boolean[][] dark = new boolean[size][size];
        for (MatchResult run : find(svg, "M(\\d+) (\\d+)h(\\d+)v1h-\\d+z")) {
            for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
                dark[Integer.parseInt(run.group(2))][Integer.parseInt(run.group(1)) + i] = true;
            }
        }
        assertThat(read(dark)).isEqualTo(LINK);
        assertThat(svg)
                .startsWith("<svg ")
                .endsWith("</svg>")
                .doesNotContain("K7QM")
                .doesNotContain("style");
    }

    @Test
    void aTextThatNoCodeCanHoldIsRefused() {
        assertThatThrownBy(() -> QrCode.svg("x".repeat(5_000))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<MatchResult> find(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().toList();
    }

    private static String read(boolean[][] dark) throws Exception {
        int size = dark.length * SCALE;
        int[] pixels = new int[size * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = dark[i / size / SCALE][i % size / SCALE] ? 0 : WHITE;
        }
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(size, size, pixels))))
                .getText();
    }
}
