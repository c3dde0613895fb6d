/**
 * One SQL statement with its parameters and its failures, for the stores of the services. It works
 * on connections that it is given; pools and transactions belong to the service.
 */
@NullMarked
package io.drover.contracts.sql;

import org.jspecify.annotations.NullMarked;
