using CloudNative.Discovery.Balancing;

namespace CloudNative.Discovery;

/// <summary>
/// One endpoint, taken for one attempt: it counts as in flight until <see cref="Complete"/> is called, which must
/// happen exactly once, also when the attempt is cancelled; for a streamed answer when its body ends.
/// </summary>
public readonly struct EndpointPick : IEquatable<EndpointPick>
{
    private readonly Target _target;

    internal EndpointPick(Target target, long begun)
    {
        _target = target;
        Begun = begun;
    }

    /// <summary>The instance with its statistics.</summary>
    public EndpointState State => _target.Member.State;

    /// <summary>The address that serves the query.</summary>
    public InstanceEndpoint Endpoint => _target.Endpoint;

    /// <summary>The timestamp of the pick, by the table's clock.</summary>
    public long Begun { get; }

    /// <summary>Two picks are equal when they took the same endpoint at the same time.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(EndpointPick left, EndpointPick right) => left.Equals(right);

    /// <summary>The opposite of equality.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(EndpointPick left, EndpointPick right) => !left.Equals(right);

    /// <summary>Ends the attempt and judges the instance by it. Thread-safe; never throws.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="answered">
    /// For an answer that began before it ended, the timestamp at which its headers were there: the instance counted as
    /// busy until now, but its latency is that of the beginning.
    /// </param>
    public void Complete(EndpointOutcome outcome, long? answered = null) => _target.Member.Complete(outcome, Begun, answered);

    /// <inheritdoc />
    public bool Equals(EndpointPick other) => ReferenceEquals(_target, other._target) && Begun == other.Begun;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is EndpointPick other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_target, Begun);
}
