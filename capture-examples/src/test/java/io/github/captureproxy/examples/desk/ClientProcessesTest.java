package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.captureproxy.exchange.ClientInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which process a client of this machine is. */
@Timeout(30)
class ClientProcessesTest {
    @TempDir
    Path folder;

    private static Optional<ClientProcess> found(ClientProcesses processes, ClientInfo client) {
        processes.arrived(client);
        return processes.process(client);
    }

    private static ClientInfo client(InetSocketAddress address, long connection) {
        return new ClientInfo(address, connection, "default", Optional.empty());
    }

    private static ClientInfo client(int port, long connection) {
        return client(new InetSocketAddress("127.0.0.1", port), connection);
    }

    /** A client in another process: it connects, and holds the connection until it is ended. */
    static final class Child {
        public static void main(String[] args) throws Exception {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
                socket.getInputStream().read();
            }
        }
    }

    @Test
    void aChildProcessIsFoundByItsConnection() throws Exception {
        assumeThat(Path.of("/proc/net/tcp"))
                .as("Linux tells of sockets below /proc")
                .isReadable();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            String.valueOf(server.getLocalPort()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (Socket accepted = server.accept()) {
                InetSocketAddress address = (InetSocketAddress) accepted.getRemoteSocketAddress();
                ClientProcess found =
                        found(new ClientProcesses(), client(address, 1)).orElseThrow();
                assertThat(found.pid()).isEqualTo(child.pid());
                assertThat(found.name()).isEqualTo("java");
                assertThat(found.command()).contains("java -XX:TieredStopAtLevel=1");
                assertThat(found).hasToString("java (" + child.pid() + ")");
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void thisProcessIsFoundToo() throws Exception {
        assumeThat(Path.of("/proc/net/tcp"))
                .as("Linux tells of sockets below /proc")
                .isReadable();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket own = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            InetSocketAddress address = (InetSocketAddress) own.getLocalSocketAddress();
            assertThat(found(new ClientProcesses(), client(address, 1)))
                    .map(ClientProcess::pid)
                    .contains(ProcessHandle.current().pid());
        }
    }

    @Test
    void whatWasFoundForAConnectionStays() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        ClientProcesses processes = new ClientProcesses(proc(7, 4711, 40_000), () -> 0);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
        assertThat(found(processes, client(address, 1)))
                .map(ClientProcess::name)
                .contains("curl");
        Files.delete(folder.resolve("7/fd/3"));
        assertThat(processes.process(client(address, 1))).isPresent();
        assertThat(found(processes, client(address, 2))).isEmpty();
    }

    @Test
    void oneListOfSocketsServesAllThatHadConnectedByThen() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path proc = proc(7, 4711, 40_000);
        Files.writeString(proc.resolve("net/tcp"), line("127.0.0.1", 40_000, 4711) + line("127.0.0.1", 40_001, 4711));
        ClientProcesses processes = new ClientProcesses(proc, () -> 0);
        assertThat(found(processes, client(40_000, 1))).isPresent();
        Files.delete(proc.resolve("net/tcp"));
        assertThat(found(processes, client(40_001, 2))).isPresent();
        assertThat(found(processes, client(40_001, 3)))
                .as("another one, of the same port")
                .isEmpty();
    }

    @Test
    void socketsSeenOnTheWayAreKnownByOneLookAtTheirDescriptors() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path proc = proc(7, 4711, 40_000);
        Files.writeString(
                proc.resolve("net/tcp"),
                line("127.0.0.1", 40_000, 4711) + line("127.0.0.1", 40_001, 4712) + line("127.0.0.1", 40_002, 4713));
        Files.createSymbolicLink(proc.resolve("7/fd/4"), Path.of("socket:[4712]"));
        Files.createSymbolicLink(proc.resolve("7/fd/5"), Path.of("socket:[4713]"));
        ClientProcesses processes = new ClientProcesses(proc, () -> 0);
        assertThat(found(processes, client(40_000, 1))).isPresent();
        Files.delete(proc.resolve("net/tcp")); // what was listed and seen open is all that is left to know it by
        Files.move(proc.resolve("7/fd"), proc.resolve("7/hidden"));
        Files.createDirectory(proc.resolve("7/fd"));
        assertThat(found(processes, client(40_001, 2))).as("closed since").isEmpty();
        Files.createSymbolicLink(proc.resolve("7/fd/5"), Path.of("socket:[4713]"));
        assertThat(found(processes, client(40_002, 3))).map(ClientProcess::pid).contains(7L);
    }

    @Test
    void aSocketThatIsAnotherProcessesByNowIsFoundThere() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path proc = proc(7, 4711, 40_000);
        Files.writeString(proc.resolve("net/tcp"), line("127.0.0.1", 40_000, 4711) + line("127.0.0.1", 40_001, 4712));
        Files.createSymbolicLink(proc.resolve("7/fd/4"), Path.of("socket:[4712]"));
        ClientProcesses processes = new ClientProcesses(proc, () -> 0);
        assertThat(found(processes, client(40_000, 1))).map(ClientProcess::pid).contains(7L);
        proc(8, 4712, 40_001);
        Files.delete(proc.resolve("7/fd/4"));
        assertThat(found(processes, client(40_001, 2))).map(ClientProcess::pid).contains(8L);
    }

    @Test
    void anOldListIsNotUsed() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path proc = proc(7, 4711, 40_000);
        Files.writeString(proc.resolve("net/tcp"), line("127.0.0.1", 40_000, 4711) + line("127.0.0.1", 40_001, 4711));
        AtomicLong now = new AtomicLong();
        ClientProcesses processes = new ClientProcesses(proc, now::get);
        assertThat(found(processes, client(40_000, 1))).isPresent();
        Files.writeString(proc.resolve("net/tcp"), line("127.0.0.1", 40_000, 4711));
        now.set(2_000_000_000L);
        assertThat(found(processes, client(40_001, 2))).isEmpty();
    }

    @Test
    void aClientIsFoundInEitherTable() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path proc = proc(7, 4711, 40_000);
        Files.writeString(proc.resolve("net/tcp6"), line("::1", 40_001, 4711));
        AtomicLong now = new AtomicLong();
        ClientProcesses processes = new ClientProcesses(proc, now::get);
        for (int connection = 1; connection <= 4; connection++) {
            InetSocketAddress address = connection % 2 == 0
                    ? new InetSocketAddress("127.0.0.1", 40_000)
                    : new InetSocketAddress("::1", 40_001);
            assertThat(found(processes, client(address, connection))).isPresent();
            now.addAndGet(2_000_000_000L);
        }
    }

    @Test
    void itTakesATwentiethOfTheTimeAndWhatWasSaved() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        long[] now = {0};
        long[] step = {500_000_000L}; // each look takes half a second
        ClientProcesses processes = new ClientProcesses(proc(7, 4711, 40_000), () -> now[0] += step[0]);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
        int looks = 0;
        while (found(processes, client(address, ++looks)).isPresent()) {
            assertThat(looks).isLessThan(100);
        }
        assertThat(looks).isBetween(4, 8);
        step[0] = 0;
        assertThat(found(processes, client(address, 101))).isEmpty();
        now[0] += 20_000_000_000L;
        assertThat(found(processes, client(address, 102))).isPresent();
    }

    @Test
    void aClientElsewhereIsNotLookedFor() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path proc = proc(7, 4711, 40_000);
        Files.writeString(proc.resolve("net/tcp"), line("192.0.2.7", 40_000, 4711));
        ClientProcesses processes = new ClientProcesses(proc, () -> 0);
        assertThat(found(processes, client(new InetSocketAddress("192.0.2.7", 40_000), 1)))
                .isEmpty();
    }

    @Test
    void nothingIsFoundWhereThereIsNoProc() {
        ClientProcesses processes = new ClientProcesses(folder.resolve("none"), () -> 0);
        assertThat(found(processes, client(new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000), 1)))
                .isEmpty();
    }

    /** A folder as Linux has it, with one process that has one socket. */
    private Path proc(int pid, long inode, int port) throws Exception {
        Files.createDirectories(folder.resolve("net"));
        Files.createDirectories(folder.resolve(pid + "/fd"));
        Files.writeString(folder.resolve("net/tcp"), line("127.0.0.1", port, inode));
        Files.writeString(folder.resolve(pid + "/comm"), "curl\n");
        Files.writeString(folder.resolve(pid + "/cmdline"), "curl\0-x\0http://127.0.0.1:5555\0");
        Files.createSymbolicLink(folder.resolve(pid + "/fd/3"), Path.of("socket:[" + inode + "]"));
        return folder;
    }

    private static String line(String address, int port, long inode) throws Exception {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < bytes.length; i += 4) {
            for (int j = 0; j < 4; j++) {
                boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
                hex.append(String.format("%02X", bytes[little ? i + 3 - j : i + j]));
            }
        }
        return String.format(
                "   1: %s:%04X 0100007F:15B3 01 00000000:00000000 00:00000000 00000000  1000        0 %d 1 0 20 4 0 10 -1%n",
                hex, port, inode);
    }

    @Test
    void addressesOfBothKindsAreRead() throws Exception {
        for (String address : new String[] {"127.0.0.1", "192.168.7.9", "::1", "2001:db8::17"}) {
            InetSocketAddress own = new InetSocketAddress(address, 41_234);
            Map<InetSocketAddress, Long> inodes = new HashMap<>();
            SocketTable.addTo(
                    inodes,
                    Stream.of(
                            "  sl  local_address rem_address",
                            line(address, 41_234, 99),
                            line(address, 41_235, 0),
                            "rubbish : x",
                            "a b c d e f g h i j k"));
            assertThat(inodes).containsExactly(Map.entry(own, 99L));
        }
    }
}
