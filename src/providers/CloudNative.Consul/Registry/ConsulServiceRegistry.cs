using System.Collections.Concurrent;
using System.Net;
using CloudNative.Consul.Http;
using CloudNative.Consul.Telemetry;
using CloudNative.Discovery;
using Microsoft.Extensions.Logging;

namespace CloudNative.Consul.Registry;

/// <summary>Announces instances at the agent, each with a check that it answers itself.</summary>
internal sealed class ConsulServiceRegistry(
    ConsulHttp http, ConsulOptions options, TimeProvider time, ConsulMetrics metrics, ILogger<ConsulServiceRegistry> logger)
    : IServiceRegistry, IDisposable
{
    private const string Advertise = "CloudNative:Discovery:Advertise:Host";

    // Names differ without case only by mistake; the catalogue does not tell them apart either.
    private readonly ConcurrentDictionary<string, ConsulSlot> _slots = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The agent, unless it is on this machine.</summary>
    public Uri? RemoteAddress => http.Address.IsLoopback ? null : http.Address;

    /// <summary>
    /// An agent on this machine belongs to a cluster that may span many: then it is reached by the others at an address of this machine's
    /// network, and so is the service.
    /// </summary>
    public async ValueTask<Uri?> FindRemoteAddressAsync(CancellationToken cancellationToken)
    {
        if (RemoteAddress is { } remote)
        {
            return remote;
        }

        var call = new ConsulCall(
            HttpMethod.Get, "/v1/agent/self", "self", $"{ConsulPolicies.ToAskTheAgent}, unless {Advertise} is set", ConsulHttp.CallTimeout);
        try
        {
            var self = await http.AskAsync(call, ConsulJson.Default.SelfDocument, cancellationToken).ConfigureAwait(false);
            return IPAddress.TryParse(self.Value.Member?.Addr, out var address) && !IPAddress.IsLoopback(address)
                ? new UriBuilder(http.Address.Scheme, address.ToString(), http.Address.Port).Uri
                : null;
        }
        catch (ConsulException exception)
        {
            throw new ServiceRegistryException(exception.Message, exception);
        }
    }

    public async ValueTask<IServiceRegistration> RegisterAsync(ServiceInstance instance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentException.ThrowIfNullOrWhiteSpace(instance.Service);
        ArgumentException.ThrowIfNullOrWhiteSpace(instance.Id);
        ArgumentOutOfRangeException.ThrowIfZero(instance.Endpoints.Count, nameof(instance));
        var slot = _slots.GetOrAdd(InstanceWriter.IdOf(instance), static _ => new ConsulSlot());
        var registration = new ConsulRegistration(instance, slot, new AgentDesk(http, options.Registration), time, metrics, logger);
        await registration.AnnounceAsync(cancellationToken).ConfigureAwait(false);
        return registration;
    }

    /// <summary>
    /// Ends the heartbeats. Who was not deregistered until now is forgotten by the agent as a process that died is.
    /// </summary>
    public void Dispose()
    {
        foreach (var slot in _slots.Values)
        {
            slot.Current?.Abandon();
        }
    }
}
