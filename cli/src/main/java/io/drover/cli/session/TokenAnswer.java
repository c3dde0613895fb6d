package io.drover.cli.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a token endpoint gave. */
record TokenAnswer(Token accessToken, @Nullable Token refreshToken, Instant expiresAt) {}
