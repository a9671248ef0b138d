namespace CloudNative.Discovery;

/// <summary>What a policy may know of the attempt it picks for.</summary>
/// <param name="Timestamp">Now, by <see cref="TimeProvider.GetTimestamp"/> of the table's clock.</param>
/// <param name="Key">What calls with the same value have in common (a tenant, a session), for hashing policies.</param>
public readonly record struct PickContext(long Timestamp, string? Key = null);
