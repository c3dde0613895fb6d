/** The gateway's REST API and its event stream over java.net.http. */
@NullMarked
package io.drover.cli.gateway;

import org.jspecify.annotations.NullMarked;
