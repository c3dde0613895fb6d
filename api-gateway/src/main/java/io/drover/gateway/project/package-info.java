/** Projects: the tenants' spaces, named in tokens. */
@NullMarked
package io.drover.gateway.project;

import org.jspecify.annotations.NullMarked;
