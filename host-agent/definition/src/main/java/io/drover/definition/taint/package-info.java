/** What of a definition taints the domain that is started from it. Pure. */
@NullMarked
package io.drover.definition.taint;

import org.jspecify.annotations.NullMarked;
