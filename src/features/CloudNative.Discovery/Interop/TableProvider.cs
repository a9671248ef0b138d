using CloudNative.Discovery.Balancing;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Discovery.Interop;

/// <summary>
/// Gives one service's endpoints to Microsoft.Extensions.ServiceDiscovery. All instances, ejected ones too: its clients
/// do not tell us how their calls end, so nothing would take an instance back for them.
/// </summary>
internal sealed class TableProvider(EndpointTable table, string service, EndpointQuery query) : IServiceEndpointProvider
{
    public async ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
    {
        if (endpoints.Endpoints.Count > 0)
        {
            return; // an earlier provider knows the service; that is how its providers compose
        }

        var known = table.Get(service);
        await known.WaitForAnswerAsync(cancellationToken).ConfigureAwait(false);

        // The token first, then the state it speaks of.
        endpoints.AddChangeToken(new CancellationChangeToken(known.NextChange));
        foreach (var target in SelectionBuilder.Match(query, known.Roster.Members))
        {
            endpoints.Endpoints.Add(Describe(target));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public override string ToString() => "CloudNative";

    private static ServiceEndpoint Describe(Target target)
    {
        var address = new UriBuilder(target.Endpoint.Scheme, target.Endpoint.Host, target.Endpoint.Port).Uri;
        var endpoint = ServiceEndpoint.Create(new UriEndPoint(address));
        endpoint.Features.Set(target.Member.State.Instance);
        return endpoint;
    }
}
