/** What works without a server: checking definitions, and the command lines they give. */
@NullMarked
package io.drover.cli.offline;

import org.jspecify.annotations.NullMarked;
