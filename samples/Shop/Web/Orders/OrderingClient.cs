using System.Net;
using Shop.Web.Baskets;
using Shop.Web.Outages;

namespace Shop.Web.Orders;

/// <summary>Calls ordering by its name.</summary>
/// <remarks>All methods throw <see cref="ServiceOutageException"/> when no instance gives an answer.</remarks>
internal sealed class OrderingClient(HttpClient http, GuardedCalls calls)
{
    public const string Service = "ordering";

    /// <summary>
    /// Places an order. The key makes repetition harmless, so the pipeline repeats it on another instance when one fails.
    /// </summary>
    public Task<PlacementAnswer> PlaceAsync(
        string key, IReadOnlyList<BasketLine> lines, CancellationToken cancellationToken) => calls.RunAsync(Service, async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = JsonContent.Create(new { lines }) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.BadRequest => new PlacementAnswer.Refused(),
            HttpStatusCode.UnprocessableEntity => new PlacementAnswer.KeyReused(),
            _ => (PlacementAnswer)new PlacementAnswer.Placed(
                (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Order>(cancellationToken))!),
        };
    }, cancellationToken);

    /// <returns>The order, or <see langword="null"/> when there is none.</returns>
    public Task<Order?> FindAsync(Guid id, CancellationToken cancellationToken) => calls.RunAsync(Service, async () =>
    {
        using var answer = await http.GetAsync($"/orders/{id}", cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Order>(cancellationToken);
    }, cancellationToken);
}
