package io.github.captureproxy.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where the files of failed tests go, and what they are called. */
final class ReportFiles {
    /** File systems take 255 bytes; these characters are one byte each, and an ending follows. */
    private static final int LONGEST_NAME = 200;

    private static final Pattern INVOCATION = Pattern.compile("#(\\d+)]");
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._$-]+");

    /** Classes that Failsafe runs by default. */
    private static final Pattern OF_FAILSAFE = Pattern.compile("IT.*|.*IT|.*ITCase");

    /** Of all extensions: an instance field is another one for each test, and a class may have several. */
    private static final Set<Path> GIVEN = ConcurrentHashMap.newKeySet();

    private ReportFiles() {}

    /** A file for a test that no other test of this JVM has got. */
    static Path file(Optional<Path> folder, ExtensionContext test) {
        Path parent = folder.orElseGet(() -> folderOf(test.getRequiredTestClass(), Path.of("")));
        String name = name(test);
        Path file = parent.resolve(name + ".har");
        for (int i = 2; !GIVEN.add(file); i++) {
            file = parent.resolve(name + "-" + i + ".har");
        }
        return file;
    }

    /** The folder of the build's reports as far as there is one, seen from the folder that the build runs in. */
    static Path folderOf(Class<?> test, Path base) {
        Path maven = base.resolve("target");
        Path gradle = base.resolve("build");
        Path surefire = maven.resolve("surefire-reports");
        Path failsafe = maven.resolve("failsafe-reports");
        boolean integration =
                OF_FAILSAFE.matcher(outermost(test).getSimpleName()).matches();
        List<Path> wanted = List.of(
                integration ? failsafe : surefire,
                integration ? surefire : failsafe,
                gradle.resolve("test-results"),
                maven,
                gradle);
        return wanted.stream().filter(Files::isDirectory).findFirst().orElse(maven);
    }

    private static Class<?> outermost(Class<?> test) {
        Class<?> enclosing = test.getEnclosingClass();
        return enclosing == null ? test : outermost(enclosing);
    }

    /** Class, method and the numbers of the invocation, as far as file systems like them. */
    static String name(ExtensionContext test) {
        StringBuilder name = new StringBuilder(test.getRequiredTestClass().getName());
        test.getTestMethod().ifPresent(method -> name.append('.').append(method.getName()));
        Matcher invocation = INVOCATION.matcher(test.getUniqueId());
        while (invocation.find()) {
            name.append('-').append(invocation.group(1));
        }
        String safe = UNSAFE.matcher(name).replaceAll("-");
        return safe.length() <= LONGEST_NAME ? safe : safe.substring(safe.length() - LONGEST_NAME);
    }
}
