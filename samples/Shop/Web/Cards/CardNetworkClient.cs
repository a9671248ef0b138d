namespace Shop.Web.Cards;

/// <summary>Looks at the behaviour of the card network and changes it.</summary>
internal sealed class CardNetworkClient(HttpClient http)
{
    public const string Service = "card-network";

    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public async Task<NetworkBehaviour> GetAsync(CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<NetworkBehaviour>("/behaviour", cancellationToken))!;

    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public async Task SetAsync(NetworkBehaviour behaviour, CancellationToken cancellationToken)
    {
        using var answer = await http.PutAsJsonAsync("/behaviour", behaviour, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
