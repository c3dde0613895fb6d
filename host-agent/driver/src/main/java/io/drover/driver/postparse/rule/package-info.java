/** What must hold between the parts of a definition, a class for each part. */
@NullMarked
package io.drover.driver.postparse.rule;

import org.jspecify.annotations.NullMarked;
