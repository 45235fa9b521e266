package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time and the allocations of a proxy's JVM went, as its flight recording sampled them. Only Java code is
 * sampled by time; threads that wait in the selector are left out.
 */
final class Profile {
    private static final int LINES = 25;

    private static final Set<String> WAITING = Set.of("wait", "readBytes", "accept", "accept0");

    /** Frames of our own are told apart from those of the libraries below them. */
    private static final String OWN = "io.github.captureproxy.";

    private final Map<String, Double> top = new HashMap<>();
    private final Map<String, Double> own = new HashMap<>();
    private final Map<String, Double> allocated = new HashMap<>();
    private final Map<String, Double> allocating = new HashMap<>();

    static Profile read(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                profile.add(file.readEvent());
            }
        }
        return profile;
    }

    private void add(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> addTime(frames, "");
            case "jdk.NativeMethodSample" -> {
                if (!isWaiting(frames.get(0).getMethod())) {
                    addTime(frames, " (native)");
                }
            }
            case "jdk.ObjectAllocationSample" -> {
                double weight = event.getLong("weight");
                count(allocated, event.getClass("objectClass").getName(), weight);
                count(allocating, ownFrame(frames), weight);
            }
            default -> {
                // says nothing about methods
            }
        }
    }

    private void addTime(List<RecordedFrame> frames, String remark) {
        count(top, method(frames.get(0)) + remark, 1);
        count(own, ownFrame(frames), 1);
    }

    /** In the selector, or for a command on the standard input. */
    private static boolean isWaiting(RecordedMethod method) {
        return WAITING.contains(method.getName());
    }

    void print(PrintStream out) {
        print("Time, by the method on top", top, out);
        print("Time, by the topmost frame of ours", own, out);
        print("Allocated bytes, by class", allocated, out);
        print("Allocated bytes, by the topmost frame of ours", allocating, out);
    }

    private static void print(String title, Map<String, Double> counts, PrintStream out) {
        double all = counts.values().stream().mapToDouble(Double::doubleValue).sum();
        out.printf("%n%s%n", title);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(LINES)
                .forEach(entry ->
                        out.printf(Locale.ROOT, "  %5.1f %%  %s%n", 100 * entry.getValue() / all, entry.getKey()));
    }

    private static void count(Map<String, Double> counts, String key, double weight) {
        counts.merge(key, weight, Double::sum);
    }

    private static String ownFrame(List<RecordedFrame> frames) {
        return frames.stream()
                .filter(frame -> frame.getMethod().getType().getName().startsWith(OWN))
                .findFirst()
                .map(frame -> method(frame) + ":" + frame.getLineNumber())
                .orElse(method(frames.get(frames.size() - 1)) + " (no frame of ours)");
    }

    private static String method(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }
}
