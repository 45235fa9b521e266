package io.github.captureproxy.exchange;

/**
 * An interim response (RFC 9110 section 15.2): 100, 103 and the like.
 *
 * @param status the status code, 100 to 199
 * @param reason the reason phrase; may be empty
 * @param headers its header fields
 */
public record InformationalResponse(int status, String reason, HeaderList headers) {}
