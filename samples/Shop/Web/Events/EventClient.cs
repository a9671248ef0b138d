using CloudNative.Discovery;

namespace Shop.Web.Events;

/// <summary>
/// Asks each service that has events what waits there, by the management endpoint that every service has. One of its processes answers for
/// all: the log is everybody's, the outbox its database's.
/// </summary>
internal sealed class EventClient(IHttpClientFactory clients, EndpointTable table)
{
    public const string Client = "Events";

    // In the order of the way of an order.
    private static readonly string[] Services = ["ordering", "payments", "shipping"];

    /// <summary>Asks all at once; whoever does not answer before <paramref name="cancellationToken"/> ends is unknown.</summary>
    public async Task<WaitingEvents> LookAsync(CancellationToken cancellationToken) => WaitingEvents.Of(
        await Task.WhenAll(Services.Select(async service => (service, await AskAsync(service, cancellationToken)))));

    private async Task<EventsDocument?> AskAsync(string service, CancellationToken cancellationToken)
    {
        if (table.Get(service).Snapshot.Endpoints.IsEmpty)
        {
            return null;
        }

        try
        {
            return await clients.CreateClient(Client).GetFromJsonAsync<EventsDocument>(
                $"http://{service}/cloudnative/subscriptions", cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }
}
