using System.Net.Http.Json;

namespace Shop.Smoke;

/// <summary>Asks a process which events it handles at the moment; it tells callers on its own machine.</summary>
internal sealed class HandlerProbe(Uri process) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = process };

    /// <summary>How many events it has in hand.</summary>
    public async Task<int> InHandAsync(CancellationToken cancellationToken)
    {
        var told = await _http.GetFromJsonAsync<Overview>("/cloudnative/subscriptions", cancellationToken);
        return told!.Subscriptions.Sum(subscription => subscription.InFlight);
    }

    public void Dispose() => _http.Dispose();

    private sealed record Overview(Subscription[] Subscriptions);

    private sealed record Subscription(int InFlight);
}
