package io.github.captureproxy.examples.lan;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/** QR codes (ISO/IEC 18004) of short texts, with the quiet zone that scanners need around them. */
public final class QrCode {
    /** Modules around the code; the standard asks for four. */
    private static final int QUIET = 4;

    private static final String BLACK_ON_WHITE = "\u001b[30;107m";
    private static final String PLAIN = "\u001b[0m";

    private QrCode() {}

    /**
     * As an image, black on white whatever is around it.
     *
     * @param text the text, of up to some hundred characters
     * @return an {@code svg} element without the text in it; one unit is one module
     * @throws IllegalArgumentException if the text is empty or too long for any code
     */
    public static String svg(String text) {
        ByteMatrix modules = modules(text);
        int size = modules.getWidth() + 2 * QUIET;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                int start = x;
                while (isDark(modules, x, y)) {
                    x++;
                }
                if (x > start) {
                    path.append('M')
                            .append(start + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append('h')
                            .append(x - start);
                    path.append("v1h").append(start - x).append('z');
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size
                + "\" role=\"img\" aria-label=\"QR code\" shape-rendering=\"crispEdges\"><rect width=\"" + size
                + "\" height=\"" + size + "\" fill=\"#fff\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
    }

    /**
     * As lines for a terminal, two rows of modules in each. In colour they are black on white; without, light modules
     * are drawn and dark ones left out, for the dark background that most terminals have.
     *
     * @param text the text
     * @param colour whether colours may be used
     * @return the lines, each as wide as the code with its quiet zone
     * @throws IllegalArgumentException if the text is empty or too long for any code
     */
    public static List<String> lines(String text, boolean colour) {
        ByteMatrix modules = modules(text);
        List<String> lines = new ArrayList<>();
        for (int y = -QUIET; y < modules.getHeight() + QUIET; y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = -QUIET; x < modules.getWidth() + QUIET; x++) {
                // Below the last row there is nothing to be drawn, where their number is odd.
                boolean lower = y + 1 < modules.getHeight() + QUIET ? isDark(modules, x, y + 1) : !colour;
                line.append(block(isDark(modules, x, y) == colour, lower == colour));
            }
            lines.add(colour ? BLACK_ON_WHITE + line + PLAIN : line.toString());
        }
        return lines;
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '\u2588' : '\u2580';
        }
        return lower ? '\u2584' : ' ';
    }

    private static boolean isDark(ByteMatrix modules, int x, int y) {
        return x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight() && modules.get(x, y) == 1;
    }

    private static ByteMatrix modules(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code can hold a text of " + text.length() + " characters", e);
        }
    }
}
