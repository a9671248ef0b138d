using CloudNative.Lifecycle;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Discovery.Registration;

/// <summary>
/// Makes this service known once its port is open, keeps what is announced in step with readiness, and takes it back
/// before the port closes. A registry that cannot be reached never holds up the start: it is tried again in the
/// background.
/// </summary>
internal sealed partial class ServiceRegistrar(
    IServiceProvider services,
    ServiceInfo service,
    AddressFinder addresses,
    IHostModeProvider mode,
    IProviderSelector providers,
    IOptions<DiscoveryOptions> options,
    TimeProvider time,
    ILogger<ServiceRegistrar> logger) : ILifecycleParticipant, IStartSummaryContributor, IDisposable
{
    private static readonly TimeSpan FirstAttempt = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private volatile IServiceRegistration? _registration;
    private volatile string? _summary;
    private int _disposed;

    public async ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        if (ReasonNotTo() is { } reason)
        {
            _summary = $"not registered: {reason}";
            LogNotRegistering(reason);
            return;
        }

        var choice = providers.Choose(CloudNativeFeatures.Discovery);
        if (choice.Provider is null || services.GetKeyedService<IServiceRegistry>(choice.Provider) is not { } registry)
        {
            _summary = "not registered: no registry";
            LogNotRegistering($"no registry serves discovery ({choice.Reason})");
            return;
        }

        var attempted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running = Task.Run(() => RunAsync(registry, choice.Provider, attempted, _stop.Token), CancellationToken.None);

        // The start waits a moment, so that the usual case is registered when the host says it has started; no longer.
        await Task.WhenAny(attempted.Task, Task.Delay(FirstAttempt, time, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<TimeSpan> WithdrawAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        if (Interlocked.Exchange(ref _registration, null) is not { } registration)
        {
            return TimeSpan.Zero;
        }

        try
        {
            await registration.DisposeAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            LogWithdrawn(service.Name, service.InstanceId);
        }
        catch (Exception exception)
        {
            LogNotWithdrawn(exception, service.Name, service.InstanceId);
        }

        return registration.PropagationDelay;
    }

    public ValueTask DrainAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public StartSummaryLine? Describe() => _summary is { } text ? new StartSummaryLine("address", text, 10) : null;

    public void Dispose()
    {
        // The container calls this once for each role. Without an orderly stop (a start that failed) the registration
        // ends as that of a process that died.
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _stop.Cancel();
            _stop.Dispose();
        }
    }

    private string? ReasonNotTo() => (mode.Mode, options.Value) switch
    {
        (HostMode.Test, _) => "this is a test host",
        (HostMode.DesignTime, _) => "a tool inspects this host",
        (_, { Enabled: false }) => $"switched off by {DiscoveryOptions.SectionName}:Enabled",
        (_, { Register: false }) => $"switched off by {DiscoveryOptions.SectionName}:Register",
        _ => null,
    };

    private async Task RunAsync(
        IServiceRegistry registry, string provider, TaskCompletionSource attempted, CancellationToken cancellationToken)
    {
        try
        {
            var readiness = services.GetService<IReadinessSource>();
            if (readiness is { IsReady: false })
            {
                _summary = "registers as soon as it is ready";
                attempted.TrySetResult();
                await readiness.WaitForChangeAsync(seen: false, cancellationToken).ConfigureAwait(false);
            }

            var registration = await RegisterAsync(registry, provider, attempted, cancellationToken).ConfigureAwait(false);
            attempted.TrySetResult();
            if (registration is not null && readiness is not null)
            {
                await FollowAsync(registration, readiness, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The service is going away; whatever an interrupted attempt has to say of it no longer matters.
        }
        catch (Exception exception)
        {
            LogBroken(exception);
        }
        finally
        {
            attempted.TrySetResult();
        }
    }

    private async Task<IServiceRegistration?> RegisterAsync(
        IServiceRegistry registry, string provider, TaskCompletionSource attempted, CancellationToken cancellationToken)
    {
        var retry = new Retry(time);
        while (true)
        {
            try
            {
                var advertise = options.Value.Advertise;
                var listening = Listening();
                var isAsked = advertise.Host is null && (listening.Count > 0 || advertise.Port is not null);
                var remote = isAsked
                    ? await registry.FindRemoteAddressAsync(cancellationToken).ConfigureAwait(false)
                    : registry.RemoteAddress;
                var found = await addresses.FindAsync(advertise, listening, remote, cancellationToken)
                    .ConfigureAwait(false);
                if (found.Endpoints.Count == 0)
                {
                    Refuse(found);
                    return null;
                }

                var registration = await registry.RegisterAsync(Describe(found), cancellationToken).ConfigureAwait(false);
                _registration = registration;
                _summary = $"{Text(found.Endpoints)} ({found.Reason})";
                LogRegistered(service.Name, service.InstanceId, Text(found.Endpoints), provider, found.Reason);
                return registration;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (retry.IsFirst)
                {
                    _summary = $"not registered yet: {provider} does not answer";
                    LogRetrying(Unexpected(exception), service.Name, provider, exception.Message);
                }

                attempted.TrySetResult();
                await retry.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task FollowAsync(IServiceRegistration registration, IReadinessSource readiness, CancellationToken cancellationToken)
    {
        var told = true;
        var retry = new Retry(time);
        while (true)
        {
            await readiness.WaitForChangeAsync(told, cancellationToken).ConfigureAwait(false);
            var ready = readiness.IsReady;
            if (ready == told)
            {
                continue;
            }

            try
            {
                await registration.SetReadyAsync(ready, cancellationToken).ConfigureAwait(false);
                told = ready;
                retry = new Retry(time);
                LogReadiness(service.Name, ready ? "takes calls" : "takes no calls");
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (retry.IsFirst)
                {
                    LogReadinessNotTold(Unexpected(exception), service.Name, exception.Message);
                }

                await retry.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // What a registry says of itself names cause and cure; a stack trace of whoever refused the connection would bury
    // it.
    private static Exception? Unexpected(Exception exception) => exception is ServiceRegistryException ? null : exception;

    private List<BoundAddress> Listening()
    {
        var listening = services.GetService<IListeningAddresses>();
        return [.. (listening?.GetAddresses() ?? []).Select(address => new BoundAddress(address, listening!.GetName(address)))];
    }

    private void Refuse(Advertisement found)
    {
        _summary = $"not registered: {found.Reason}";
        if (found.IsRefused)
        {
            LogRefused(found.Reason);
        }
        else
        {
            LogNotRegistering(found.Reason);
        }
    }

    private ServiceInstance Describe(Advertisement found) => new()
    {
        Service = service.Name,
        Id = service.InstanceId,
        Endpoints = found.Endpoints,
        Version = service.Version,
        Zone = service.Zone,
        Metadata = service.Metadata,
    };

    private static string Text(IEnumerable<InstanceEndpoint> endpoints) => string.Join(", ", endpoints.Select(endpoint =>
        (endpoint.Name is { } name ? $"{name} " : "")
        + new UriBuilder(endpoint.Scheme, endpoint.Host, endpoint.Port).Uri.GetLeftPart(UriPartial.Authority)));
}
