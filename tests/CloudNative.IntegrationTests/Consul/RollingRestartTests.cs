using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>Five replicas are restarted one after another while they are called: what a deployment does.</summary>
public sealed class RollingRestartTests(ConsulServer server, ITestOutputHelper output) : IClassFixture<ConsulServer>, IAsyncLifetime
{
    private const int Replicas = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public async ValueTask DisposeAsync() => await server.ClearAsync();

    [Fact]
    public Task Replicas_RestartOneAfterAnother_NoRequestFails() => RunAsync(restarts: 2 * Replicas);

    /// <summary>The figure of docs/performance.md; two to three minutes.</summary>
    [Fact(Explicit = true)]
    public Task Figure_HundredRestarts_NoRequestFails() => RunAsync(restarts: 100);

    private async Task RunAsync(int restarts)
    {
        var replicas = new Queue<WebApplication>();
        for (var replica = 0; replica < Replicas; replica++)
        {
            replicas.Enqueue(await ConsulService.RunAsync(server, "catalog", Cancel));
        }

        await using var caller = await ConsulService.RunAsync(server, "orders", Cancel);
        using var client = caller.Services.GetRequiredService<IHttpClientFactory>().CreateClient("catalog");
        client.BaseAddress = new Uri("http://catalog");
        await server.EventuallyAsync(async () => (await server.ListAsync()).Length == Replicas + 1);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var failures = new ConcurrentQueue<string>();
        var callers = new[] { HttpMethod.Get, HttpMethod.Get, HttpMethod.Post, HttpMethod.Post }
            .Select(method => Task.Run(() => CallAsync(client, method, failures, done.Token), Cancel)).ToArray();

        for (var restart = 0; restart < restarts; restart++)
        {
            await using (var old = replicas.Dequeue())
            {
                await old.StopAsync(Cancel);
            }

            replicas.Enqueue(await ConsulService.RunAsync(server, "catalog", Cancel));
            await server.EventuallyAsync(async () => (await server.ListAsync()).Length == Replicas + 1);
        }

        await done.CancelAsync();
        var calls = await Task.WhenAll(callers);
        output.WriteLine($"{restarts} restarts: {calls[0] + calls[1]} GET, {calls[2] + calls[3]} POST, {failures.Count} failed");
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        Assert.Empty(failures);
        Assert.All(calls, count => Assert.True(count > 10 * restarts, $"{count} calls are too few to tell."));
    }

    private static async Task<int> CallAsync(
        HttpClient client, HttpMethod method, ConcurrentQueue<string> failures, CancellationToken cancellationToken)
    {
        var calls = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                calls++;
                using var request = new HttpRequestMessage(method, "/hello");
                using var response = await client.SendAsync(request, CancellationToken.None);
                if (!response.IsSuccessStatusCode)
                {
                    failures.Enqueue($"{method}: {(int)response.StatusCode}");
                }
            }
            catch (Exception exception)
            {
                failures.Enqueue($"{method}: {exception.Message}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        return calls;
    }
}
