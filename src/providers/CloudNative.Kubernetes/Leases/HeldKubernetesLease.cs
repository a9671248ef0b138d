using CloudNative.Kubernetes.Telemetry;
using CloudNative.Leases;
using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Leases;

/// <summary>A lease that this process holds by a Lease object.</summary>
internal sealed class HeldKubernetesLease(
    LeaseDesk desk,
    LeaseClaim claim,
    TimeSpan callTimeout,
    TimeProvider time,
    KubernetesMetrics metrics,
    ILogger logger)
    : HeldLease(time, logger)
{
    protected override async Task<string?> RenewAsync(CancellationToken cancellationToken)
    {
        var timeout = LeasePace.CallTimeout(claim.Duration, callTimeout);
        using var late = new CancellationTokenSource(timeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await desk.RenewAsync(claim, either.Token).ConfigureAwait(false)
                ? null
                : "its Lease object was taken or deleted";
        }
        catch (KubernetesException exception)
        {
            throw LeaseErrors.Of(exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw LeaseErrors.OfSilence(timeout, exception);
        }
    }

    protected override async Task ReleaseAsync()
    {
        try
        {
            await desk.ReleaseAsync(claim, CancellationToken.None).ConfigureAwait(false);
        }
        catch (KubernetesException exception)
        {
            throw LeaseErrors.Of(exception);
        }
    }

    protected override void CountLost() => metrics.LeaseLost();
}
