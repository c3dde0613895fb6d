/** The commands that talk to the gateway, one class for each noun. */
@NullMarked
package io.drover.cli.command;

import org.jspecify.annotations.NullMarked;
