namespace CloudNative.Embedded.Leases;

/// <summary>A lease as it stands in the store; there is no row while nobody holds it.</summary>
/// <param name="Member">The process that holds it.</param>
/// <param name="Expires">When it ends unless it is renewed, in milliseconds of the machine's monotonic clock.</param>
internal sealed record LeaseRow(string Member, long Expires);
