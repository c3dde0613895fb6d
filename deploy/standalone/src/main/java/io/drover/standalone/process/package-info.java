/** Child processes of the launcher: their logs, their identity, their end. */
@NullMarked
package io.drover.standalone.process;

import org.jspecify.annotations.NullMarked;
