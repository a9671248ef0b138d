using System.Text.Json;

namespace CloudNative.Local.Control;

/// <summary>The app as it is told to clients.</summary>
internal static class ControlState
{
    public static ControlAnswer Of(ILocalApp app) =>
        new(true, App: app.Name, Phase: Name(app.Phase), Services: [.. app.Services.Select(View)]);

    private static ControlService View(LocalService service) => new(service.Name, [.. service.Replicas.Select(View)]);

    private static ControlReplica View(LocalReplica replica) => new(
        replica.Name,
        replica.Number,
        Name(replica.State),
        replica.Address?.GetLeftPart(UriPartial.Authority),
        replica.NamedAddresses.Count == 0
            ? null
            : replica.NamedAddresses.ToDictionary(named => named.Key, named => named.Value.GetLeftPart(UriPartial.Authority)),
        replica.ProcessId,
        replica.Starts);

    private static string Name<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
