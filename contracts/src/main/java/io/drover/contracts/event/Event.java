package io.drover.contracts.event;

/** A fact about a domain or a volume, on {@code drover.domain-events}, in an envelope. */
public sealed interface Event
    permits OperationAccepted,
        StepCompleted,
        DomainPlaced,
        PlacementRefused,
        DomainStarted,
        DomainStopped,
        DomainFailed,
        DomainDeleted,
        DomainObserved,
        DomainModified,
        CommandSuperseded,
        OperationForwarded,
        OperationSucceeded,
        OperationFailed,
        OperationProgressed,
        VolumePlaced,
        VolumeCreated,
        VolumeFailed,
        VolumeDeleted {}
