/** The world around one invocation, and what its exit codes mean. */
@NullMarked
package io.drover.cli.shell;

import org.jspecify.annotations.NullMarked;
