package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the success of a {@link LiveOperation} tells; in JSON {@code result} says which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "result")
public sealed interface LiveResult
    permits Done, DiskAttached, DiskDetached, DiskResized, DiskCopied {}
