using CloudNative.Discovery;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>Reads a watch up to what a test waits for.</summary>
internal static class Watch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The first update that is accepted; a watch that ends is opened again.</summary>
    public static async Task<EndpointUpdate> FirstAsync(IEndpointSource source, string service, Func<EndpointUpdate, bool>? accept = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            await foreach (var update in source.WatchAsync(service, patience.Token))
            {
                if (accept is null || accept(update))
                {
                    return update;
                }
            }
        }
    }
}
