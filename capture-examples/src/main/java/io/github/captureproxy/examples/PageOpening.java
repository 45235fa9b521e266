package io.github.captureproxy.examples;

import io.github.captureproxy.examples.inspector.Inspector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the user's browser open the page. The file that leads it there goes once its link is used, or good no more. */
final class PageOpening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageOpening.class);

    private static final long END_MILLIS = 2_000;

    private final Function<Runnable, URI> links;
    private final Machine machine;
    private final Programs programs;
    private final Thread thread = new Thread(this::run, "capture-proxy-open");

    private PageOpening(Function<Runnable, URI> links, Machine machine, Programs programs) {
        this.links = links;
        this.machine = machine;
        this.programs = programs;
    }

    /**
     * Begins.
     *
     * @param links makes a link that tells when it is used
     */
    static PageOpening start(Function<Runnable, URI> links, Machine machine, Programs programs) {
        PageOpening opening = new PageOpening(links, machine, programs);
        opening.thread.setDaemon(true);
        opening.thread.start();
        return opening;
    }

    private void run() {
        CountDownLatch used = new CountDownLatch(1);
        try (LinkFile file = LinkFile.create(machine)) {
            file.leadTo(links.apply(() -> {
                file.close(); // at once, even where the program runs as long as the browser does
                used.countDown();
            }));
            if (programs.run(command(file.path())) > 0) {
                LOG.warn("the page can't be opened in a browser; its link is printed");
            } else if (!used.await(Inspector.LINK_LIFETIME.toSeconds(), TimeUnit.SECONDS)) {
                LOG.debug("no browser has opened the page");
            }
        } catch (IOException e) {
            LOG.warn("the page can't be opened in a browser; its link is printed", e);
        } catch (InterruptedException e) { // closed: the file goes with the page
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command(Path file) {
        return switch (machine.system()) {
            case LINUX -> List.of("xdg-open", file.toString());
            case MACOS -> List.of("open", file.toString());
            case WINDOWS -> List.of("rundll32", "url.dll,FileProtocolHandler", file.toString());
        };
    }

    /** Ends it, and deletes the file. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
