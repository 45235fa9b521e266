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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which process a client of this machine is. */
@Timeout(30)
class ClientProcessesTest {
    @TempDir
    Path folder;

    private static ClientInfo client(InetSocketAddress address, long connection) {
        return new ClientInfo(address, connection, "default", Optional.empty());
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
                        new ClientProcesses().process(client(address, 1)).orElseThrow();
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
            assertThat(new ClientProcesses().process(client(address, 1)))
                    .map(ClientProcess::pid)
                    .contains(ProcessHandle.current().pid());
        }
    }

    @Test
    void whatWasFoundForAConnectionStays() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        ClientProcesses processes = new ClientProcesses(proc(7, 4711, 40_000), () -> 0);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
        assertThat(processes.process(client(address, 1)))
                .map(ClientProcess::name)
                .contains("curl");
        Files.delete(folder.resolve("7/fd/3"));
        assertThat(processes.process(client(address, 1))).isPresent();
        assertThat(processes.process(client(address, 2))).isEmpty();
    }

    @Test
    void allProcessesAreSearchedForAPartOfASecondAtMost() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        long[] now = {0};
        ClientProcesses processes = new ClientProcesses(proc(7, 4711, 40_000), () -> now[0] += 12_000_000L);
        Files.delete(folder.resolve("7/fd/3"));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
        for (int connection = 1; connection <= 20; connection++) {
            assertThat(processes.process(client(address, connection))).isEmpty();
        }
        Files.createSymbolicLink(folder.resolve("7/fd/3"), Path.of("socket:[4711]"));
        assertThat(processes.process(client(address, 21))).isEmpty();
        now[0] = 2_000_000_000L;
        assertThat(processes.process(client(address, 22))).isPresent();
    }

    @Test
    void nothingIsFoundWhereThereIsNoProc() {
        ClientProcesses processes = new ClientProcesses(folder.resolve("none"), () -> 0);
        assertThat(processes.process(client(new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000), 1)))
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
            assertThat(SocketTable.inode(
                            Stream.of("  sl  local_address rem_address", line(address, 41_234, 99), "rubbish : x"),
                            own))
                    .hasValue(99);
            assertThat(SocketTable.inode(Stream.of(line(address, 41_235, 99), line(address, 41_234, 0)), own))
                    .isEmpty();
        }
    }
}
