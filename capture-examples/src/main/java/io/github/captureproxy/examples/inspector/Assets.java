package io.github.captureproxy.examples.inspector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page's own files: its scripts and styles, and the parts by others, out of the WebJars on the class path. */
final class Assets {
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

    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9_-]+/)*[a-z0-9._-]+\\.([a-z]+)");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private Assets() {}

    /** A file by its path from the first slash; empty where there is none. */
    static Optional<Reply> find(String path) {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || name.contains("..")) {
            return Optional.empty();
        }
        String type = TYPES.getOrDefault(matcher.group(1), "");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        return (name.startsWith("lib/") ? library(name.substring(4)) : own(name))
                .map(bytes -> Reply.bytes(type, out -> out.write(bytes)));
    }

    /** What the content security policy calls the one script that stands in the page itself. */
    static String importMapHash() {
        String page = own("index.html")
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        Matcher matcher = IMPORT_MAP.matcher(page);
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

    private static Optional<byte[]> own(String name) {
        return read("web/" + name);
    }

    private static Optional<byte[]> library(String name) {
        int slash = name.indexOf('/');
        String jar = slash < 0 ? null : LIBRARIES.get(name.substring(0, slash));
        if (jar == null) {
            return Optional.empty();
        }
        return read("/META-INF/resources/webjars/" + jar + "/" + version(jar) + name.substring(slash));
    }

    /** The version of the WebJar that is on the class path. */
    private static String version(String jar) {
        Properties properties = new Properties();
        read("/META-INF/maven/org.webjars.npm/" + jar + "/pom.properties").ifPresent(bytes -> {
            try {
                properties.load(new java.io.ByteArrayInputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return properties.getProperty("version", "");
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
