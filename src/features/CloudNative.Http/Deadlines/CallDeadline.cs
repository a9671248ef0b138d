using CloudNative.Deadlines;

namespace CloudNative.Http.Deadlines;

/// <summary>The time of one call.</summary>
/// <param name="Timestamp">When it is up, whatever set it; <see cref="long.MaxValue"/> for never.</param>
/// <param name="Given">
/// When it is up by what the caller said of this call, its client's own Timeout left aside; <see cref="long.MaxValue"/> for never.
/// </param>
/// <param name="Origin">Whose <paramref name="Timestamp"/> it is.</param>
/// <param name="Header">The header in which it is sent.</param>
internal readonly record struct CallDeadline(long Timestamp, long Given, DeadlineOrigin Origin, string Header)
{
    /// <summary>Whether it is the time of a gRPC call.</summary>
    public bool IsGrpc => ReferenceEquals(Header, GrpcTimeout.Name);
}
