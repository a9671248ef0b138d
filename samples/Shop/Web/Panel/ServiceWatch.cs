using System.Collections.Immutable;
using CloudNative.Discovery;
using Shop.Web.Engine;
using Shop.Web.Faults;

namespace Shop.Web.Panel;

/// <summary>Joins what the engine knows of processes with what the endpoint table knows of neighbours.</summary>
internal sealed class ServiceWatch(EngineClient engine, EndpointTable table, FaultClient faults, TimeProvider time)
{
    private static readonly TimeSpan EngineTimeout = TimeSpan.FromSeconds(2);

    public async Task<(IReadOnlyList<ServiceView> Services, string? Problem)> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var services = await engine.GetServicesAsync(cancellationToken).WaitAsync(EngineTimeout, time, cancellationToken);
            var views = await Task.WhenAll(services.Select(service => ViewAsync(service, cancellationToken)));
            return (Sort(views), null);
        }
        catch (EngineException e)
        {
            return (Sort(ServiceRoles.Names.Select(ViewOfTable).Where(service => service.Replicas.Count > 0)), e.Message);
        }
        catch (TimeoutException)
        {
            return (Sort(ServiceRoles.Names.Select(ViewOfTable)), "The local engine does not answer in time.");
        }
    }

    private static ServiceView[] Sort(IEnumerable<ServiceView> services) =>
        [.. services.OrderBy(service => ServiceRoles.Order(service.Name)).ThenBy(service => service.Name)];

    private static ReplicaState State(string state) => state switch
    {
        "ready" or "elsewhere" => ReplicaState.Ready,
        "waiting" or "starting" => ReplicaState.Starting,
        "notReady" => ReplicaState.NotReady,
        "backingOff" => ReplicaState.Dead,
        "stopping" => ReplicaState.Stopping,
        "stopped" => ReplicaState.Stopped,
        _ => ReplicaState.Unknown,
    };

    private async Task<ServiceView> ViewAsync(EngineService service, CancellationToken cancellationToken)
    {
        var endpoints = Endpoints(service.Name);
        var replicas = await Task.WhenAll(service.Replicas.Select(async replica => new ReplicaView(
            replica.Name,
            replica.Number,
            State(replica.State),
            replica.ProcessId,
            replica.Starts,
            endpoints.FirstOrDefault(state => Name(state) == replica.Name) is { } state ? View(state) : null,
            await FaultAsync(service.Name, replica, cancellationToken))));
        return new ServiceView(service.Name, ServiceRoles.Of(service.Name), ServiceRoles.CanStop(service.Name), replicas);
    }

    private async Task<Fault?> FaultAsync(string service, EngineReplica replica, CancellationToken cancellationToken) =>
        ServiceRoles.CanBreak(service) && replica is { State: "ready", Address: { } address }
            ? await faults.TryGetAsync(address, cancellationToken)
            : null;

    // Without an engine: what is registered, as it is.
    private ServiceView ViewOfTable(string service) => new(service, ServiceRoles.Of(service), CanStop: false,
    [
        .. Endpoints(service).Select(state => new ReplicaView(Name(state), null, ReplicaState.Unknown, null, 0, View(state))),
    ]);

    private ImmutableArray<EndpointState> Endpoints(string service) => table.Get(service).Snapshot.Endpoints;

    private static string Name(EndpointState state) =>
        state.Instance.Metadata.GetValueOrDefault("replica") ?? state.Instance.Id;

    private EndpointView View(EndpointState state)
    {
        var now = time.GetTimestamp();
        var ejected = state.EjectedUntil > now ? (int)Math.Ceiling(time.GetElapsedTime(now, state.EjectedUntil).TotalSeconds) : 0;
        return new EndpointView(state.InFlight, Math.Round(state.LatencySeconds * 1000, 1), state.ConsecutiveFailures, ejected);
    }
}
