using CloudNative.Consul.Http;
using CloudNative.Consul.Telemetry;
using CloudNative.Leases;
using Microsoft.Extensions.Logging;

namespace CloudNative.Consul.Leases;

/// <summary>
/// Leases as keys that a session of Consul holds, one session a lease. It ends by its TTL, which this process renews,
/// and by nothing that the node's health says.
/// </summary>
internal sealed partial class ConsulLeaseProvider(
    LeaseDesk desk, ConsulLeaseOptions options, TimeProvider time, ConsulMetrics metrics, ILogger<ConsulLease> logger) : ILeaseProvider
{
    public async ValueTask<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        LeaseLimits.ThrowIfOutside(name, duration);
        var key = LeaseKeys.Of(options.KeyPrefix, name);
        try
        {
            // Whoever waits for a lease asks often, and looking costs the servers no write.
            if (await desk.ReadHolderAsync(key, cancellationToken).ConfigureAwait(false) is { } holder)
            {
                LogHeld(logger, name, holder.Service, holder.Instance);
                return null;
            }

            var begun = time.GetTimestamp();
            var claim = await desk.OpenAsync(name, key, duration, cancellationToken).ConfigureAwait(false);
            return await TryTakeAsync(claim, begun, cancellationToken).ConfigureAwait(false);
        }
        catch (ConsulException exception)
        {
            throw new LeaseException(exception.Message, exception);
        }
    }

    private async Task<ConsulLease?> TryTakeAsync(LeaseClaim claim, long begun, CancellationToken cancellationToken)
    {
        long? token;
        try
        {
            token = await desk.TryLockAsync(claim, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The lock may have been taken though nobody waits for the answer any longer.
            await TakeBackAsync(claim, desk.ReleaseAsync).ConfigureAwait(false);
            throw;
        }

        if (token is null)
        {
            await TakeBackAsync(claim, desk.CloseAsync).ConfigureAwait(false);
            return null;
        }

        var lease = new ConsulLease(desk, claim, time, metrics, logger)
        {
            Name = claim.Name,
            FencingToken = token.Value,
            Duration = claim.Duration,
        };
        lease.Begin(begun);
        return lease;
    }

    private async Task TakeBackAsync(LeaseClaim claim, Func<LeaseClaim, Task> end)
    {
        try
        {
            await end(claim).ConfigureAwait(false);
        }
        catch (ConsulException exception)
        {
            LogNotTakenBack(logger, claim.Name, exception.Message);
        }
    }
}
