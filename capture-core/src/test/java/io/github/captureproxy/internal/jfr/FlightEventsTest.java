package io.github.captureproxy.internal.jfr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording holds of a proxy. */
class FlightEventsTest {
    @TempDir
    Path folder;

    private String run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(FlightProgram.class.getName());
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(program.getInputStream().readAllBytes(), UTF_8);
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).as(printed).isZero();
        return printed;
    }

    @Test
    void itHoldsExchangesTunnelsAndDropsWithoutSecrets() throws Exception {
        Path file = folder.resolve("flight.jfr");
        Path settings = folder.resolve("none.jfc"); // our own events alone, which need no settings
        Files.writeString(settings, "<?xml version=\"1.0\"?><configuration version=\"2.0\"/>");

        run("-XX:StartFlightRecording=filename=" + file + ",settings=" + settings, "-Xlog:jfr*=off");

        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.github.captureproxy."))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime)) // each thread writes its own in turn
                .toList();
        assertThat(events)
                .extracting(event -> event.getEventType().getName().substring(23))
                .containsExactly("Exchange", "Exchange", "Drop", "Tunnel");
        RecordedEvent first = events.get(0);
        assertThat(first.getEventType().getCategoryNames()).containsExactly("Capture Proxy");
        assertThat(first.getString("method")).isEqualTo("GET");
        assertThat(first.getString("path")).isEqualTo("/a");
        assertThat(first.getInt("status")).isEqualTo(200);
        assertThat(first.getLong("responseBody")).isEqualTo(2);
        assertThat(first.getString("outcome")).isEqualTo("COMPLETED");
        assertThat(first.getDuration("time")).isPositive();
        assertThat(events.get(1).getLong("requestBody")).isEqualTo(3);
        assertThat(events.get(2).getString("from")).isEqualTo("History");
        assertThat(events.get(2).getLong("count")).isEqualTo(1);
        assertThat(events.get(3).getString("reason")).isEqualTo("SERVER_SPEAKS_FIRST");
        assertThat(events.get(3).getLong("received")).isEqualTo(11);
        assertThat(events.toString()).doesNotContain("s3cret");
    }

    /** Or the first exchange would wait for more than a hundred classes, which are of no use without a recording. */
    @Test
    void noneOfTheRecordersClassesIsStartedUpWithoutARecording() throws Exception {
        String printed = run("-Xlog:class+load:file=" + folder.resolve("loaded"), "-Xshare:auto");

        assertThat(printed).contains("2 exchanges, with events");
        assertThat(Files.readString(folder.resolve("loaded")))
                .contains("io.github.captureproxy.internal.jfr.FlightEvents")
                .doesNotContain("jdk.jfr.internal.", "io.github.captureproxy.internal.jfr.ExchangeEvent");
    }

    @Test
    void aProxyRunsWhereThereIsNoFlightRecorder() throws Exception {
        assertThat(run("--limit-modules", "java.base,java.logging,java.naming,java.management,jdk.net"))
                .contains("2 exchanges, without events");
    }
}
