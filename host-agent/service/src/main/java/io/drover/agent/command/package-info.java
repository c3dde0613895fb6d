/** Commands on their way in: admitted, journalled on disk, run one at a time for each subject. */
@NullMarked
package io.drover.agent.command;

import org.jspecify.annotations.NullMarked;
