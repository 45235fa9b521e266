package io.github.captureproxy.examples.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** The main of a proxy's own JVM: starts the proxy and answers commands, a line each. */
final class ProxyMain {
    /** Asks for the bytes of heap in use after collection, and of direct memory. */
    static final String MEMORY = "memory";

    /** Asks for the nanoseconds that one more proxy takes to start. */
    static final String START_ANOTHER = "start-another";

    /** What an answer begins with, as the JVM can write lines too. */
    static final String ANSWER = "answer ";

    /** A first collection can leave what it only then finds to be dead. */
    private static final int COLLECTIONS = 4;

    private ProxyMain() {}

    /** Begins with a line of port and nanoseconds to start; ends with the standard input. */
    public static void main(String[] arguments) throws IOException {
        Contender contender = Contender.valueOf(arguments[0]);
        long begin = System.nanoTime();
        try (ProxyUnderTest proxy = contender.start()) {
            long nanos = System.nanoTime() - begin;
            say(proxy.port() + " " + nanos);
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                say(answer(command, contender, proxy));
            }
        }
    }

    private static String answer(String command, Contender contender, ProxyUnderTest proxy) {
        return switch (command) {
            case MEMORY -> memory(proxy);
            case START_ANOTHER -> startAnother(contender);
            default -> throw new IllegalArgumentException(command);
        };
    }

    private static String memory(ProxyUnderTest proxy) {
        proxy.forget();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + " " + proxy.directBytes();
    }

    private static String startAnother(Contender contender) {
        long begin = System.nanoTime();
        try (ProxyUnderTest another = contender.start()) {
            return System.nanoTime() - begin + " " + another.port();
        }
    }

    private static void say(String line) {
        System.out.println(ANSWER + line);
        System.out.flush();
    }
}
