namespace CloudNative.Eventing;

/// <summary>What became of a delivery.</summary>
public readonly record struct Settlement
{
    private Settlement(SettlementKind kind) => Kind = kind;

    /// <summary>Which of the four it is.</summary>
    public SettlementKind Kind { get; }

    /// <summary>For a retry: how long to wait before the next attempt.</summary>
    public TimeSpan Delay { get; private init; }

    /// <summary>For a retry and a dead letter: what failed.</summary>
    public DeliveryFailure? Failure { get; private init; }

    /// <summary>It was handled.</summary>
    /// <returns>The settlement.</returns>
    public static Settlement Complete() => new(SettlementKind.Complete);

    /// <summary>It goes back without the attempt being counted, and is delivered again at once, here or elsewhere.</summary>
    /// <returns>The settlement.</returns>
    public static Settlement Release() => new(SettlementKind.Release);

    /// <summary>It is to be delivered again; the attempt counts.</summary>
    /// <param name="delay">How long to wait; zero or more.</param>
    /// <param name="failure">What failed; kept with the event.</param>
    /// <returns>The settlement.</returns>
    public static Settlement Retry(TimeSpan delay, DeliveryFailure failure) =>
        new(SettlementKind.Retry) { Delay = delay, Failure = failure };

    /// <summary>It is given up and kept as a dead letter with the history of its failures.</summary>
    /// <param name="failure">Why.</param>
    /// <returns>The settlement.</returns>
    public static Settlement DeadLetter(DeliveryFailure failure) =>
        new(SettlementKind.DeadLetter) { Failure = failure };
}
