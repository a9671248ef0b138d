namespace CloudNative.Consul.Leases;

/// <summary>What a process has in hand when it takes or holds a lease.</summary>
/// <param name="Name">The lease's name.</param>
/// <param name="Key">Its key.</param>
/// <param name="Session">
/// The session that holds it, or is about to; one for each lease, so that they end one by one.
/// </param>
/// <param name="Duration">How long it outlives its last renewal.</param>
internal sealed record LeaseClaim(string Name, string Key, string Session, TimeSpan Duration);
