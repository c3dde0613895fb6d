/** What has happened: past tense, one record per event, sealed. Nobody answers an event. */
@NullMarked
package io.drover.contracts.event;

import org.jspecify.annotations.NullMarked;
