using CloudNative.AppModel;
using CloudNative.Local.Supervision;

namespace CloudNative.Local.Ports;

/// <summary>Takes the ports that a replica listens on.</summary>
internal static class PortTaking
{
    private static readonly PortDefinition _http = new(PortDefinition.Http, PortProtocol.Http1, null, Fallback: true);

    /// <summary>What the file says, else an http port for a web application.</summary>
    public static IReadOnlyList<PortDefinition> Wanted(ServiceDefinition service, bool isWeb) =>
        service.Ports ?? (isWeb ? [_http] : []);

    /// <exception cref="LocalAppException">A fixed port is in use and the file allows no other.</exception>
    public static IReadOnlyList<ReplicaPort> Take(
        ReplicaName name, IReadOnlyList<PortDefinition> wanted, SupervisionContext context) =>
        [.. wanted.Select(port => new ReplicaPort(port, Take(name, port, context)))];

    /// <summary>Another port in place of one that is in use.</summary>
    public static ReplicaPort Replace(ReplicaName name, ReplicaPort port, SupervisionContext context) =>
        port with { Number = context.Ports.Take(Key(name, port.Definition)) };

    private static int Take(ReplicaName name, PortDefinition port, SupervisionContext context)
    {
        // The fixed port is the first replica's; the model allows more replicas only where others may take other ports.
        if ((name.Number == 1 ? port.Number : null) is not { } wish)
        {
            return context.Ports.Take(Key(name, port));
        }

        if (context.Ports.TryTake(wish))
        {
            return wish;
        }

        if (!port.Fallback)
        {
            throw PortConflict.Exception(name.Service, port.Name, wish);
        }

        var other = context.Ports.Take(Key(name, port));
        context.Console.Write($"{name.Display} wants port {wish}, which is in use; it gets {other}");
        return other;
    }

    // Each endpoint keeps its port from run to run, whatever others the service has.
    private static string Key(ReplicaName name, PortDefinition port) =>
        port.Name == PortDefinition.Http ? name.Full : $"{name.Full} {port.Name}";
}
