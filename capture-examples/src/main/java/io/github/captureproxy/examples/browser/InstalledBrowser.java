package io.github.captureproxy.examples.browser;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A browser that is installed on this machine. Immutable.
 *
 * @param brand which one it is
 * @param program the file that starts it
 */
public record InstalledBrowser(Brand brand, Path program) {
    /** What is asked for where any browser will do. */
    public static final String ANY = "any";

    /** The browsers that can be started, those first that are asked first where any will do. */
    public enum Brand {
        /** Chromium, and what distributions build of it. */
        CHROMIUM(true),
        /** Google Chrome. */
        CHROME(true),
        /** Microsoft Edge. */
        EDGE(true),
        /** Mozilla Firefox, the long-term one too. */
        FIREFOX(false);

        private final boolean chromium;

        Brand(boolean chromium) {
            this.chromium = chromium;
        }

        /** Whether it takes the options of Chromium. */
        boolean isChromium() {
            return chromium;
        }

        /**
         * Its name on a command line.
         *
         * @return such as {@code firefox}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The names that {@link #find} takes beside {@link #ANY}.
     *
     * @return in the order in which they are looked for
     */
    public static List<String> names() {
        return Arrays.stream(Brand.values()).map(Brand::word).toList();
    }

    /**
     * Looks for a browser in the folders of the environment's {@code PATH}, then in the places where it is usually
     * installed.
     *
     * @param name one of {@link #names()} in any case, or {@link #ANY} for the first of them that is there
     * @param desktop the machine
     * @return the browser, if there is one
     * @throws IllegalArgumentException if no browser of that name is known
     */
    public static Optional<InstalledBrowser> find(String name, Desktop desktop) {
        String word = name.toLowerCase(Locale.ROOT);
        List<Brand> wanted = Arrays.stream(Brand.values())
                .filter(brand -> word.equals(ANY) || brand.word().equals(word))
                .toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("\"" + name + "\" is no browser that is known here: give one of "
                    + String.join(", ", names()) + ", or none for the first of them that is installed");
        }
        return wanted.stream()
                .flatMap(brand -> new BrowserPlaces(desktop)
                        .find(brand).map(program -> new InstalledBrowser(brand, program)).stream())
                .findFirst();
    }

    @Override
    public String toString() {
        return brand.word() + " (" + program + ")";
    }
}
