package io.github.captureproxy;

import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.internal.config.Bodies;
import io.github.captureproxy.internal.config.Capture;
import io.github.captureproxy.spi.BodySelector;
import io.github.captureproxy.spi.ExchangeListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of exchanges and who hears of them, as the builder collects it. */
final class CaptureOptions {
    private static final long MIB = 1 << 20;
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** An array in the heap holds no more; a body that went to a file is read as a stream. */
    private static final long MAX_IN_HEAP = Integer.MAX_VALUE - 8;

    /** 1 TiB: more than a folder for captures is likely to have. */
    private static final long MAX_IN_FILE = MIB * MIB;

    /** Whole pages and API responses; of a download the beginning. In a small heap, a sixteenth of it. */
    final NumberOption maxBodyBytes =
            NumberOption.named("maxBodyBytes", "bytes").within(0, MAX_IN_FILE, Math.min(8 * MIB, HEAP / 16));

    /** Eight bodies of the default size at once; the heap belongs to the program that embeds the proxy. */
    final NumberOption budget =
            NumberOption.named("captureBudget", "bytes").within(0, HEAP, Math.min(64 * MIB, HEAP / 8));

    final NumberOption spillThreshold =
            NumberOption.named("spillThreshold", "bytes").within(0, MAX_IN_HEAP, MIB);

    /** A chat of an hour; a feed of prices is cut. */
    final NumberOption webSocketMessages =
            NumberOption.named("maxWebSocketMessages", "messages").within(0, 1_000_000, 1_000);

    /** A delivery that waits is a reference: the exchange itself counts towards History. */
    final NumberOption listenerQueue =
            NumberOption.named("listenerQueueCapacity", "deliveries").within(1, 10_000_000, 10_000);

    final List<ExchangeListener> listeners = new ArrayList<>();
    Redaction redaction = Redaction.none();
    BodySelector selector = BodySelector.all();
    HistoryLimits history = HistoryLimits.defaults();

    @Nullable
    Path spillFolder;

    boolean digests;
    boolean startPaused;

    Capture build(Problems problems) {
        checkTogether(problems);
        return new Capture(
                bodies(problems),
                history,
                webSocketMessages.checkedInt(problems),
                listeners,
                listenerQueue.checkedInt(problems),
                redaction,
                startPaused);
    }

    private Bodies bodies(Problems problems) {
        return new Bodies(
                selector,
                maxBodyBytes.checkedLong(problems),
                budget.checkedLong(problems),
                Optional.ofNullable(spillFolder),
                spillThreshold.checkedLong(problems),
                digests);
    }

    private void checkTogether(Problems problems) {
        if (spillFolder != null) {
            checkFolder(spillFolder, problems);
            return;
        }
        if (spillThreshold.isSet()) {
            problems.add(
                    spillThreshold.name(), spillThreshold.get(), "says nothing without a folder: add spillTo(folder)");
        }
        if (maxBodyBytes.get() > MAX_IN_HEAP && maxBodyBytes.get() <= MAX_IN_FILE) {
            problems.add(
                    maxBodyBytes.name(),
                    maxBodyBytes.get(),
                    "the heap takes at most " + MAX_IN_HEAP
                            + " bytes a body: give at most that, or add spillTo(folder)");
        }
    }

    private static void checkFolder(Path folder, Problems problems) {
        if (!Files.isDirectory(folder)) {
            problems.add("spillTo", folder, "there is no such folder: make it first, or give another");
        } else if (!Files.isWritable(folder)) {
            problems.add("spillTo", folder, "this folder cannot be written to: give one that can");
        }
    }
}
