package io.github.captureproxy.spi;

import java.util.Locale;
import java.util.Set;

/**
 * Decides which bodies are kept. Of a body that is not kept, the exchange still has the size (and the SHA-256, if that
 * is on); traffic is never touched. Called on the threads that carry the traffic, once a message: it must be quick, must
 * not block, and must be safe for several threads.
 */
@FunctionalInterface
public interface BodySelector {
    /**
     * Tells if a body is to be kept.
     *
     * @param direction the message it belongs to
     * @param contentType the value of the message's {@code Content-Type} field as it was sent; empty if it has none
     * @return true to keep its bytes
     */
    boolean keeps(Direction direction, String contentType);

    /**
     * Keeps every body.
     *
     * @return the selector; always the same object
     */
    static BodySelector all() {
        return Preset.ALL;
    }

    /**
     * Keeps no body: only heads and sizes.
     *
     * @return the selector; always the same object
     */
    static BodySelector none() {
        return Preset.NONE;
    }

    /**
     * Keeps every body but those of images, audio, video and fonts: of these only heads and sizes.
     *
     * @return the selector; always the same object
     */
    static BodySelector withoutMedia() {
        return Preset.WITHOUT_MEDIA;
    }

    /**
     * Asks one selector for requests and another for responses.
     *
     * @param requests decides on the bodies of requests
     * @param responses decides on the bodies of responses
     * @return the selector
     */
    static BodySelector byDirection(BodySelector requests, BodySelector responses) {
        return new ByDirection(requests, responses);
    }

    /** The message that a body belongs to. */
    enum Direction {
        /** A request: from the client to the origin. */
        REQUEST,
        /** A response: from the origin to the client. */
        RESPONSE
    }

    /** The ready-made selectors. */
    enum Preset implements BodySelector {
        /** Keeps every body. */
        ALL {
            @Override
            public boolean keeps(Direction direction, String contentType) {
                return true;
            }
        },
        /** Keeps no body. */
        NONE {
            @Override
            public boolean keeps(Direction direction, String contentType) {
                return false;
            }
        },
        /** Keeps every body but those of images, audio, video and fonts. */
        WITHOUT_MEDIA {
            @Override
            public boolean keeps(Direction direction, String contentType) {
                int slash = contentType.indexOf('/');
                return slash < 0
                        || !MEDIA.contains(
                                contentType.substring(0, slash).strip().toLowerCase(Locale.ROOT));
            }
        };

        private static final Set<String> MEDIA = Set.of("image", "audio", "video", "font");

        @Override
        public String toString() {
            return switch (this) {
                case ALL -> "all bodies";
                case NONE -> "no bodies";
                case WITHOUT_MEDIA -> "all bodies but images, audio, video and fonts";
            };
        }
    }

    /**
     * One selector for each direction.
     *
     * @param requests decides on the bodies of requests
     * @param responses decides on the bodies of responses
     */
    record ByDirection(BodySelector requests, BodySelector responses) implements BodySelector {
        @Override
        public boolean keeps(Direction direction, String contentType) {
            return (direction == Direction.REQUEST ? requests : responses).keeps(direction, contentType);
        }

        @Override
        public String toString() {
            return "of requests " + requests + ", of responses " + responses;
        }
    }
}
