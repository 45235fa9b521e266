package io.github.captureproxy.examples.inspector;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's own files: its scripts and styles, and the parts by others, out of the WebJars on the class path. The page
 * itself leads to all others by paths of this run of the program alone: a browser may keep what is there, and never has
 * anything of another version, or of another program that listened here before.
 */
final class Assets {
    private static final String PAGE = "index.html";
    /** What stands in the page in place of the run's own folder. */
    private static final String RUN_MARK = "{run}";

    private static final int RUN_BYTES = 16;
    private static final String RUN = "run-" + random();

    /** One file for the browser, as each takes a while to ask for; what comes later wins over what came before. */
    private static final Map<String, List<String>> JOINED = Map.of(
            "styles/all.css",
            List.of(
                    "styles/base.css",
                    "styles/shell.css",
                    "styles/traffic.css",
                    "styles/detail.css",
                    "styles/panels.css",
                    "styles/sessions.css"));

    /** Paths below {@code /lib/} and the WebJars that they lead into. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "lit", "lit",
            "lit-html", "lit-html",
            "lit-element", "lit-element",
            "reactive-element", "lit__reactive-element",
            "diff", "diff");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    /** The files that were asked for, by their paths: those that there are, so no more than the program has. */
    private static final Map<String, Reply> KNOWN = new ConcurrentHashMap<>();

    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9_-]+/)*[a-z0-9._-]+\\.([a-z]+)");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private Assets() {}

    /** A file by its path from the first slash; empty where there is none. It is read once: to find it takes long. */
    static Optional<Reply> find(String path) {
        Reply known = KNOWN.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Reply> found = read(path);
        found.ifPresent(reply -> KNOWN.put(path, reply));
        return found;
    }

    /** Whether a path leads to the same bytes for as long as it leads anywhere. */
    static boolean isOfThisRun(String path) {
        return path.startsWith("/" + RUN + "/");
    }

    private static Optional<Reply> read(String path) {
        String file = isOfThisRun(path) ? path.substring(RUN.length() + 1) : path;
        String name = file.equals("/") ? PAGE : file.substring(1);
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || name.contains("..")) {
            return Optional.empty();
        }
        String type = TYPES.getOrDefault(matcher.group(1), "");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        return bytes(name).map(bytes -> Reply.bytes(type, out -> out.write(bytes)));
    }

    private static Optional<byte[]> bytes(String name) {
        if (name.equals(PAGE)) {
            return Optional.of(page().getBytes(StandardCharsets.UTF_8));
        }
        if (JOINED.containsKey(name)) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            JOINED.get(name).forEach(part -> own(part).ifPresent(joined::writeBytes));
            return Optional.of(joined.toByteArray());
        }
        return name.startsWith("lib/") ? library(name.substring(4)) : own(name);
    }

    private static String page() {
        return own(PAGE)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).replace(RUN_MARK, RUN))
                .orElseThrow(() -> new IllegalStateException("the page is missing"));
    }

    /** What the content security policy calls the one script that stands in the page itself. */
    static String importMapHash() {
        Matcher matcher = IMPORT_MAP.matcher(page());
        if (!matcher.find()) {
            throw new IllegalStateException("the page has no import map");
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(matcher.group(1).getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[RUN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Optional<byte[]> own(String name) {
        return resource("web/" + name);
    }

    private static Optional<byte[]> library(String name) {
        int slash = name.indexOf('/');
        String jar = slash < 0 ? null : LIBRARIES.get(name.substring(0, slash));
        if (jar == null) {
            return Optional.empty();
        }
        return resource("/META-INF/resources/webjars/" + jar + "/" + version(jar) + name.substring(slash));
    }

    /** The version of the WebJar that is on the class path. */
    private static String version(String jar) {
        Properties properties = new Properties();
        resource("/META-INF/maven/org.webjars.npm/" + jar + "/pom.properties").ifPresent(bytes -> {
            try {
                properties.load(new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return properties.getProperty("version", "");
    }

    private static Optional<byte[]> resource(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
