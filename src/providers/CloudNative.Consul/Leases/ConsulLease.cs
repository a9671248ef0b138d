using CloudNative.Consul.Http;
using CloudNative.Consul.Telemetry;
using CloudNative.Leases;
using Microsoft.Extensions.Logging;

namespace CloudNative.Consul.Leases;

/// <summary>A lease that this process holds by a session of Consul's.</summary>
internal sealed class ConsulLease(LeaseDesk desk, LeaseClaim claim, TimeProvider time, ConsulMetrics metrics, ILogger logger)
    : HeldLease(time, logger)
{
    protected override async Task<string?> RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await desk.RenewAsync(claim, cancellationToken).ConfigureAwait(false)
                ? null
                : "Consul has ended its session, or its key was deleted or taken";
        }
        catch (ConsulException exception)
        {
            throw new LeaseException(exception.Message, exception);
        }
    }

    protected override async Task ReleaseAsync()
    {
        try
        {
            await desk.ReleaseAsync(claim).ConfigureAwait(false);
        }
        catch (ConsulException exception)
        {
            throw new LeaseException(exception.Message, exception);
        }
    }

    protected override void CountLost() => metrics.LeaseLost();
}
