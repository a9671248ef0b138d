namespace Brownfield.Defaults;

/// <summary>What it costs.</summary>
public sealed class PricingClient(HttpClient http)
{
    public Task<string> GetPriceAsync(int id, CancellationToken cancellationToken) =>
        http.GetStringAsync($"prices/{id}", cancellationToken);
}
