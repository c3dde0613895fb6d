package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;

/** What the success of a {@link LiveOperation} tells; in JSON {@code result} says which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "result")
@JsonTypeIdResolver(PermittedTypes.class)
public sealed interface LiveResult
    permits Done, DiskAttached, DiskDetached, DiskResized, DiskCopied {}
