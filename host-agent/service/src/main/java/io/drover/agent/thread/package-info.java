/** The one place where the agent makes threads: each has a name, and none keeps the JVM alive. */
@NullMarked
package io.drover.agent.thread;

import org.jspecify.annotations.NullMarked;
