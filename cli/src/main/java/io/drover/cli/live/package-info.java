/**
 * What is done to running domains, one class a verb; named as virsh names it, where virsh has it.
 */
@NullMarked
package io.drover.cli.live;

import org.jspecify.annotations.NullMarked;
