using System.Security.Cryptography;
using CloudNative.Embedded.Membership;
using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Telemetry;
using CloudNative.Leases;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Leases;

/// <summary>
/// Leases as rows. They end at a time on the machine's monotonic clock, which all processes share and nobody sets, or
/// with the process that holds them.
/// </summary>
internal sealed class EmbeddedLeaseProvider(
    EmbeddedNode node, TimeProvider timeProvider, EmbeddedMetrics metrics, ILogger<EmbeddedLease> logger) : ILeaseProvider
{
    public async ValueTask<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        LeaseLimits.ThrowIfOutside(name, duration);
        try
        {
            var session = await node.GetSessionAsync(cancellationToken).ConfigureAwait(false);
            return await TryTakeAsync(session, name, duration, cancellationToken).ConfigureAwait(false)
                ?? (await IsHolderGoneAsync(session, name, cancellationToken).ConfigureAwait(false)
                    ? await TryTakeAsync(session, name, duration, cancellationToken).ConfigureAwait(false)
                    : null);
        }
        catch (EmbeddedStoreException exception)
        {
            throw new LeaseException(exception.Message, exception);
        }
    }

    private static async Task<bool> IsHolderGoneAsync(NodeSession session, string name, CancellationToken cancellationToken)
    {
        var row = await session.Store.ReadAsync("lease.read", connection => LeaseRows.Read(connection, name), cancellationToken)
            .ConfigureAwait(false);
        if (row is null)
        {
            return true; // Released between the two looks.
        }

        var removed = await session.RemoveIfDeadAsync(row.Member, cancellationToken).ConfigureAwait(false);
        if (removed)
        {
            session.TellAll();
        }

        return removed;
    }

    private async Task<EmbeddedLease?> TryTakeAsync(
        NodeSession session, string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        var holder = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var begun = timeProvider.GetTimestamp();
        var token = await session.Store.WriteDurablyAsync(
            "lease.acquire",
            connection =>
            {
                var now = MonotonicClock.Now(timeProvider);
                return LeaseRows.TryTake(
                    connection, name, session.MemberId, holder, now, now + (long)duration.TotalMilliseconds);
            },
            cancellationToken).ConfigureAwait(false);
        if (token is null)
        {
            return null;
        }

        var lease = new EmbeddedLease(session.Store, holder, timeProvider, metrics, logger)
        {
            Name = name,
            FencingToken = token.Value,
            Duration = duration,
        };
        lease.Begin(begun);
        return lease;
    }
}
