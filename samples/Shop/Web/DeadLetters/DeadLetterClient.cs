using System.Net;
using CloudNative.Discovery;

namespace Shop.Web.DeadLetters;

/// <summary>
/// Looks through dead letters by the management endpoints of whichever service answers: they share one log, and so one list. The
/// endpoints are there for callers on the same machine.
/// </summary>
internal sealed class DeadLetterClient(IHttpClientFactory clients, EndpointTable table)
{
    public const string Client = "DeadLetters";

    private const int Shown = 20;

    // Any that handles events; the first that answers will do.
    private static readonly string[] Services = ["payments", "shipping", "ordering"];

    /// <returns>The dead letters, or <see langword="null"/> when no service has any log.</returns>
    /// <exception cref="HttpRequestException">No service answers.</exception>
    public Task<DeadLetterList?> ListAsync(CancellationToken cancellationToken) => AskAsync(async (http, service) =>
    {
        using var answer = await http.GetAsync($"http://{service}/cloudnative/dead-letters?limit={Shown}", cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DeadLetterList>(cancellationToken);
    }, cancellationToken);

    /// <summary>Delivers one to its group again.</summary>
    /// <exception cref="HttpRequestException">No service answers.</exception>
    public Task ReplayAsync(long id, CancellationToken cancellationToken) => SendAsync("replay", id, cancellationToken);

    /// <summary>Removes one for good.</summary>
    /// <exception cref="HttpRequestException">No service answers.</exception>
    public Task DiscardAsync(long id, CancellationToken cancellationToken) => SendAsync("discard", id, cancellationToken);

    private Task<HttpStatusCode> SendAsync(string act, long id, CancellationToken cancellationToken) => AskAsync(async (http, service) =>
    {
        using var answer = await http.PostAsJsonAsync(
            $"http://{service}/cloudnative/dead-letters/{act}", new { ids = new[] { id } }, cancellationToken);
        return answer.EnsureSuccessStatusCode().StatusCode;
    }, cancellationToken);

    private async Task<T> AskAsync<T>(Func<HttpClient, string, Task<T>> ask, CancellationToken cancellationToken)
    {
        var http = clients.CreateClient(Client);
        var running = Services.Where(service => !table.Get(service).Snapshot.Endpoints.IsEmpty).DefaultIfEmpty(Services[0]).ToList();
        foreach (var service in running[..^1])
        {
            try
            {
                return await ask(http, service);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // The next may answer.
            }
        }

        return await ask(http, running[^1]);
    }
}
