/** What must hold while parts of the real suite are stopped or killed. */
@NullMarked
package io.drover.it.fault;

import org.jspecify.annotations.NullMarked;
