using Spectre.Console;

namespace CloudNative.Local.Output;

/// <summary>The one table: service, replica, state, address.</summary>
internal static class AppTable
{
    public static Table Create(IReadOnlyList<LocalService> services, bool colour)
    {
        var table = new Table().Border(colour ? TableBorder.Rounded : TableBorder.Ascii);
        table.AddColumns("service", "replica", "state", "address");
        foreach (var replica in services.SelectMany(service => service.Replicas))
        {
            table.AddRow(
                new Text(replica.Service),
                new Text($"{replica.Number}"),
                new Text(State(replica.State), new Style(colour ? Colour(replica.State) : Color.Default)),
                new Text(Addresses(replica)));
        }

        return table;
    }

    public static string State(LocalReplicaState state) => state switch
    {
        LocalReplicaState.Waiting => "waiting",
        LocalReplicaState.Starting => "starting",
        LocalReplicaState.Ready => "ready",
        LocalReplicaState.NotReady => "not ready",
        LocalReplicaState.BackingOff => "backing off",
        LocalReplicaState.Stopping => "stopping",
        LocalReplicaState.Stopped => "stopped",
        LocalReplicaState.Elsewhere => "elsewhere",
        _ => "-",
    };

    // A second endpoint stands below the first.
    private static string Addresses(LocalReplica replica) => replica.Address is not { } address
        ? "-"
        : string.Join('\n', replica.NamedAddresses
            .Select(named => $"{named.Value.GetLeftPart(UriPartial.Authority)} ({named.Key})")
            .Prepend(address.GetLeftPart(UriPartial.Authority)));

    private static Color Colour(LocalReplicaState state) => state switch
    {
        LocalReplicaState.Ready => Color.Green,
        LocalReplicaState.BackingOff or LocalReplicaState.Stopped => Color.Red,
        _ => Color.Yellow,
    };
}
