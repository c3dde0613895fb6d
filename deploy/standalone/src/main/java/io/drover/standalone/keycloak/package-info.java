/** Keycloak from its distribution on Maven Central, with the imported realm {@code drover}. */
@NullMarked
package io.drover.standalone.keycloak;

import org.jspecify.annotations.NullMarked;
