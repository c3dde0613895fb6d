package io.drover.gateway.stream;

import java.time.Instant;

/**
 * Who reads a stream.
 *
 * @param caller the subject of the token
 * @param until when the token ends, and the stream with it; the client resumes with a new token
 * @param filter which events the caller gets
 */
record StreamReader(String caller, Instant until, StreamFilter filter) {}
