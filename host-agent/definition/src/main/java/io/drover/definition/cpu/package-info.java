/** x86 CPU models and features by libvirt's names, and which model describes a CPU best; pure. */
@NullMarked
package io.drover.definition.cpu;

import org.jspecify.annotations.NullMarked;
