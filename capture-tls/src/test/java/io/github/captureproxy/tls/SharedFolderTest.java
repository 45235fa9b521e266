package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several that use one folder at once, and a folder that is not as usual. */
class SharedFolderTest {
    private static final int THREADS = 8;

    @TempDir
    private Path parent;

    /** What another process runs: says which authority it got, once it is told to go. */
    public static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws Exception {
            System.out.write('r');
            System.out.flush();
            if (System.in.read() != 'g') {
                throw new IllegalStateException("nobody said go");
            }
            System.out.print(
                    CertificateAuthority.loadOrCreate(Path.of(arguments[0])).fingerprint());
            System.out.flush();
        }
    }

    @Test
    void processesThatStartAtOnceEndWithTheSameAuthority() throws Exception {
        Path folder = parent.resolve("new");
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                processes.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherProcess.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
            }
            for (Process process : processes) {
                assertThat(process.getInputStream().read()).isEqualTo('r');
            }
            for (Process process : processes) {
                process.getOutputStream().write('g');
                process.getOutputStream().flush();
            }
            Set<String> fingerprints = new HashSet<>();
            for (Process process : processes) {
                fingerprints.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
            assertThat(fingerprints)
                    .containsExactly(CertificateAuthority.loadOrCreate(folder).fingerprint());
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void threadsThatStartAtOnceEndWithTheSameAuthority() throws Exception {
        Path folder = parent.resolve("new");
        assertThat(together(() -> CertificateAuthority.loadOrCreate(folder).fingerprint()))
                .hasSize(1);
    }

    @Test
    void threadsThatRenewAtOnceEndWithTheSameAuthority() throws Exception {
        Path folder = parent.resolve("old");
        AuthorityOptions options = AuthorityOptions.defaults();
        String old = CertificateAuthority.loadOrCreate(
                        folder,
                        AuthorityOptions.builder().lifetime(Duration.ofHours(1)).build())
                .fingerprint();
        assertThat(together(() -> CertificateAuthority.loadOrRenew(folder, Duration.ofDays(1), options)
                        .fingerprint()))
                .hasSize(1)
                .doesNotContain(old);
    }

    private static <T> Set<T> together(Callable<T> what) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(executor.submit(() -> {
                    barrier.await(30, TimeUnit.SECONDS);
                    return what.call();
                }));
            }
            Set<T> results = new HashSet<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            executor.shutdownNow();
            assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void worksWhereThereAreNoPermissions() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(parent.resolve("a.zip"), Map.of("create", "true"))) {
            assertThat(zip.supportedFileAttributeViews()).doesNotContain("posix");
            Path folder = zip.getPath("/authority");
            String made = CertificateAuthority.loadOrCreate(folder).fingerprint();
            assertThat(CertificateAuthority.loadOrCreate(folder).fingerprint()).isEqualTo(made);
            assertThat(Files.exists(folder.resolve("ca.pem"))).isTrue();
        }
    }
}
