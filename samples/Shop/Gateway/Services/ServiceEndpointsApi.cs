using CloudNative.Discovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Gateway.Services;

/// <summary>Shows what the gateway knows of its neighbours; the page and the smoke look at it. A real shop would keep it inside.</summary>
internal static class ServiceEndpointsApi
{
    public static void MapServiceEndpoints(this IEndpointRouteBuilder app) => app.MapGet("/api/services/{name}", GetAsync);

    private static async Task<Ok<ReplicaView[]>> GetAsync(
        string name, EndpointTable table, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var snapshot = await table.Get(name).WaitForAnswerAsync(cancellationToken);
        return TypedResults.Ok(snapshot.Endpoints.Select(state => View(state, now)).OrderBy(view => view.Name).ToArray());
    }

    private static ReplicaView View(EndpointState state, long now)
    {
        var instance = state.Instance;
        var endpoint = instance.Endpoints.First(endpoint => endpoint.Name is null);
        return new ReplicaView(
            instance.Id,
            instance.Metadata.GetValueOrDefault("replica") ?? instance.Id,
            $"{endpoint.Scheme}://{endpoint.Host}:{endpoint.Port}",
            state.EjectedUntil <= now,
            state.InFlight,
            Math.Round(state.LatencySeconds * 1000, 1));
    }
}
