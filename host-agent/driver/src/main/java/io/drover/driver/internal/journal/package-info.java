/**
 * The running truth about the domains of one root: a status XML file for each, as libvirt's, from
 * which guests are found again after this process has died. Holds no secrets.
 */
@NullMarked
package io.drover.driver.internal.journal;

import org.jspecify.annotations.NullMarked;
