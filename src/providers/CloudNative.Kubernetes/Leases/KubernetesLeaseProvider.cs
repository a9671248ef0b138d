using System.Security.Cryptography;
using CloudNative.Kubernetes.Rights;
using CloudNative.Kubernetes.Telemetry;
using CloudNative.Leases;
using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Leases;

/// <summary>Leases as Lease objects, one object a name.</summary>
internal sealed partial class KubernetesLeaseProvider : ILeaseProvider, IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan TakeBackTimeout = TimeSpan.FromSeconds(2);

    private readonly Lazy<LeaseDesk> _desk;
    private readonly Lazy<LeaseFollower> _follower;
    private readonly KubernetesOptions _options;
    private readonly string _service;
    private readonly TimeProvider _time;
    private readonly KubernetesMetrics _metrics;
    private readonly ILogger _logger;

    public KubernetesLeaseProvider(
        Func<KubernetesApi> api,
        Func<KubernetesInformers> informers,
        KubernetesOptions options,
        ServiceInfo service,
        TimeProvider time,
        KubernetesMetrics metrics,
        ILogger<HeldKubernetesLease> logger)
    {
        (_options, _service, _time, _metrics, _logger) = (options, service.InstanceId, time, metrics, logger);
        Observer = new LeaseObserver(time);
        var (place, prefix) = (options.Leases.Namespace ?? options.Namespace ?? "default", options.Leases.Prefix);
        // Whoever is not asked for leases needs no server. One that cannot be made is tried again.
        _desk = new(() => new LeaseDesk(api(), place, prefix, Observer, time), LazyThreadSafetyMode.PublicationOnly);
        _follower = new(
            () => new LeaseFollower(
                informers(), new KubernetesSelection(place, $"{LeaseMarks.PrefixLabel}={prefix}"), Observer),
            LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What it asks of the API server.</summary>
    public static KubernetesRight RightOf(KubernetesOptions options) => new(
        "keeps leases",
        options.Leases.Namespace ?? options.Namespace!,
        KubernetesKinds.Leases.Group,
        KubernetesKinds.Leases.Plural,
        ["get", "list", "watch", "create", "patch"]);

    /// <summary>What this process has seen of leases.</summary>
    internal LeaseObserver Observer { get; }

    public async ValueTask<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        LeaseLimits.ThrowIfOutside(name, duration);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var desk = _desk.Value;
            _follower.Value.Start();
            return await TryAcquireAsync(desk, name, duration, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException exception)
        {
            throw LeaseErrors.Of(exception);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // A certificate of the options; the handler that shows it cannot be made.
            throw new LeaseException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        if (_follower.IsValueCreated)
        {
            _follower.Value.Dispose();
        }
    }

    public ValueTask DisposeAsync() => _follower.IsValueCreated ? _follower.Value.DisposeAsync() : default;

    private async Task<HeldKubernetesLease?> TryAcquireAsync(
        LeaseDesk desk, string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        var objectName = LeaseNames.Of(_options.Leases.Prefix, name);
        // Whoever waits for a lease asks often, and looking writes nothing.
        var lease = await desk.FindAsync(objectName, cancellationToken).ConfigureAwait(false);
        if (lease is null && Observer.WasHeld(objectName))
        {
            LogDeleted(_logger, objectName, name);
            return null;
        }

        lease ??= await desk.CreateAsync(objectName, name, cancellationToken).ConfigureAwait(false);
        if (lease is null || Observer.IsHeld(lease))
        {
            LogHeld(_logger, name, lease is null ? null : LeaseMarks.HolderOf(lease));
            return null;
        }

        var begun = _time.GetTimestamp();
        var claim = new LeaseClaim(lease, name, $"{_service}_{Guid.NewGuid():N}", duration);
        if (await TryTakeAsync(desk, claim, cancellationToken).ConfigureAwait(false) is not { } token)
        {
            return null;
        }

        var held = new HeldKubernetesLease(desk, claim, _options.CallTimeout, _time, _metrics, _logger)
        {
            Name = name,
            FencingToken = token,
            Duration = duration,
        };
        held.Begin(begun);
        return held;
    }

    private async Task<long?> TryTakeAsync(LeaseDesk desk, LeaseClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.TryTakeAsync(claim, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!LeaseErrors.IsRefusal(exception))
        {
            // It may have been taken though nobody waits for the answer any longer.
            await TakeBackAsync(desk, claim).ConfigureAwait(false);
            throw;
        }
    }

    private async Task TakeBackAsync(LeaseDesk desk, LeaseClaim claim)
    {
        using var late = new CancellationTokenSource(TakeBackTimeout, _time);
        try
        {
            if (await desk.IsStillHeldAsync(claim, late.Token).ConfigureAwait(false))
            {
                await desk.ReleaseAsync(claim, late.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (
            exception is KubernetesException or OperationCanceledException or ObjectDisposedException)
        {
            LogNotTakenBack(_logger, claim.Name, exception.Message);
        }
    }
}
