using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Discovery.Interop;

/// <summary>
/// Answers Microsoft.Extensions.ServiceDiscovery, and so YARP's destination resolver and clients with its handler, from
/// the endpoint table.
/// </summary>
internal sealed class TableProviderFactory(EndpointTable table) : IServiceEndpointProviderFactory
{
    public bool TryCreateProvider(ServiceEndpointQuery query, [NotNullWhen(true)] out IServiceEndpointProvider? provider)
    {
        provider = table.IsCandidate(query.ServiceName) && Translate(query) is { } translated
            ? new TableProvider(table, query.ServiceName, translated)
            : null;
        return provider is not null;
    }

    private static EndpointQuery? Translate(ServiceEndpointQuery query) =>
        query.IncludedSchemes.Count == 0
            ? new EndpointQuery(EndpointSchemes.Any, query.EndpointName)
            : EndpointQuery.ParseSchemes(string.Join('+', query.IncludedSchemes)) is { } schemes
                ? new EndpointQuery(schemes, query.EndpointName)
                : null;
}
