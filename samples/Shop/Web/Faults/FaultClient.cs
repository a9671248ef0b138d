namespace Shop.Web.Faults;

/// <summary>
/// Looks at what is wrong with one replica and changes it. The one place that calls a replica by its address: it is about this one, not
/// about the service.
/// </summary>
internal sealed class FaultClient(IHttpClientFactory clients, TimeProvider time)
{
    public const string Client = "Faults";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>The fault; <see langword="null"/> when the replica does not answer or cannot be told.</returns>
    public async Task<Fault?> TryGetAsync(string address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var client = clients.CreateClient(Client);
            return await client.GetFromJsonAsync<Fault>(At(address), either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <exception cref="HttpRequestException">It does not answer, or cannot be told.</exception>
    public async Task SetAsync(string address, Fault fault, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(Client);
        using var answer = await client.PutAsJsonAsync(At(address), fault, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static Uri At(string address) => new(new Uri(address), "/fault");
}
