/** Who the caller is: the OpenID Connect login and the session file. Owns the tokens at rest. */
@NullMarked
package io.drover.cli.session;

import org.jspecify.annotations.NullMarked;
