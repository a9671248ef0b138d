using CloudNative.Consul.Http;
using CloudNative.Discovery;

namespace CloudNative.Consul.Registry;

/// <summary>What the catalogue's answer means to the endpoint table.</summary>
internal static class CatalogueAnswer
{
    private const string AllowWarning = $"{ConsulOptions.SectionName}:{nameof(ConsulOptions.AllowWarning)}";

    public static EndpointUpdate Read(string service, ConsulAnswer<List<HealthDocument>> answer, bool allowWarning)
    {
        var found = answer.Value.Select(document => (Document: document, State: InstanceReader.StateOf(document))).ToList();
        if (found.Count == 0)
        {
            return answer.IsFiltered
                ? EndpointUpdate.Unavailable(ConsulErrors.Filtered(ConsulPolicies.ToFind(service)))
                : EndpointUpdate.NotFound;
        }

        var taken = found
            .Where(one => one.State == HealthState.Passing || (allowWarning && one.State == HealthState.Warning))
            .Select(one => InstanceReader.Read(service, one.Document, one.State))
            .OrderBy(instance => instance.Id, StringComparer.Ordinal) // The catalogue promises no order.
            .ToList();
        return taken.Count > 0
            ? EndpointUpdate.Answer(taken)
            : EndpointUpdate.NoInstance(
                ReasonFor(
                    found.Count(one => one.State == HealthState.Critical), found.Count(one => one.State == HealthState.Warning)),
                confirmed: found.TrueForAll(one => InstanceReader.IsWithdrawn(one.Document)));
    }

    private static string ReasonFor(int critical, int warning) => (critical, warning) switch
    {
        (1, 0) => "the only instance in Consul is critical",
        (_, 0) => $"all {critical} instances in Consul are critical",
        (0, _) => $"all {warning} instances in Consul have a warning, and {AllowWarning} is not set",
        _ => $"of {critical + warning} instances in Consul {critical} are critical and {warning} have a warning, which {AllowWarning} "
            + "would allow",
    };
}
