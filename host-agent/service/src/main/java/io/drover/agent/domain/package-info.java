/** What the agent does with domains: start, stop, delete, watch. */
@NullMarked
package io.drover.agent.domain;

import org.jspecify.annotations.NullMarked;
