namespace CloudNative.AppModel;

/// <summary>
/// An app as its <c>cloudnative.yaml</c> describes it: the services and what each needs. Says nothing of where it runs;
/// the local engine runs it as processes, other tools elsewhere. Immutable and safe to share between threads.
/// </summary>
/// <param name="Name">Name of the app, a DNS label: lower-case letters, digits and dashes, at most 63.</param>
/// <param name="File">Full path of the file it was read from.</param>
/// <param name="Services">The services in the order of the file; at least one.</param>
public sealed record AppDefinition(string Name, string File, IReadOnlyList<ServiceDefinition> Services)
{
    /// <summary>The services in an order in which each follows all that it needs; otherwise the order of the file.</summary>
    /// <returns>All services once.</returns>
    public IReadOnlyList<ServiceDefinition> InOrderOfNeeds()
    {
        var ordered = new List<ServiceDefinition>(Services.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in Services)
        {
            Visit(service);
        }

        return ordered;

        void Visit(ServiceDefinition service)
        {
            if (!seen.Add(service.Name))
            {
                return;
            }

            foreach (var need in Services.Where(other => service.Needs.Contains(other.Name)))
            {
                Visit(need);
            }

            ordered.Add(service);
        }
    }
}
