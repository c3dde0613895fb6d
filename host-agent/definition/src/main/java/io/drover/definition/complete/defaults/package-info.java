/** What a definition leaves open and libvirt fills in: devices, models, firmware, CPU features. */
@NullMarked
package io.drover.definition.complete.defaults;

import org.jspecify.annotations.NullMarked;
