using System.Diagnostics;
using System.Net.Http.Json;
using CloudNative.Discovery;

namespace CloudNative.IntegrationTests.Consul.Figures;

/// <summary>
/// The figures of docs/performance.md, on demand: they say what this machine does, so they hold nothing but that all went well.
/// </summary>
public sealed class ConsulFigures(ConsulServer server, ITestOutputHelper output) : IClassFixture<ConsulServer>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public async ValueTask DisposeAsync() => await server.ClearAsync();

    /// <summary>From the moment that a plain blocking query of ours returns to the moment that a pick would find the instance.</summary>
    [Fact(Explicit = true)]
    public async Task Figure_Change_SeenByPickers()
    {
        const int Changes = 100;
        await using var host = new TableHost(server.Address);
        await PutAsync("catalog", "start");
        var endpoints = host.Table.Get("catalog");
        await endpoints.WaitForAnswerAsync(Cancel);
        var (fromRequest, fromIndex) = (new List<double>(), new List<double>());
        var index = await IndexAsync("catalog", 0);
        for (var change = 0; change < Changes; change++)
        {
            var id = $"i{change}";
            var seen = SeenAsync(endpoints, id);
            var changed = IndexAsync("catalog", index);

            // Both questions wait at the agent; and a watch that is told of more than two changes a second for long is slowed down.
            await Task.Delay(TimeSpan.FromSeconds(1.2), TimeProvider.System, Cancel);
            var began = Stopwatch.GetTimestamp();
            await PutAsync("catalog", id);
            index = await changed;
            var returned = Stopwatch.GetTimestamp();
            var found = await seen;
            fromRequest.Add(Stopwatch.GetElapsedTime(began, found).TotalMilliseconds);
            fromIndex.Add(Math.Max(0, Stopwatch.GetElapsedTime(returned, found).TotalMilliseconds));
            await DeleteAsync(id);
            index = await IndexAsync("catalog", index);
        }

        output.WriteLine($"{Changes} changes seen by pickers, ms after a blocking query of anybody returns: {Percentiles(fromIndex)}");
        output.WriteLine($"ms after the registration is sent: {Percentiles(fromRequest)}");
    }

    /// <summary>The server is killed and comes back: when each of fifty processes asks it again.</summary>
    [Fact(Explicit = true)]
    public async Task Figure_ServerRestarts_FiftyClientsComeBackSpread()
    {
        const int Clients = 50;
        await PutAsync("catalog", "before");
        var hosts = Enumerable.Range(0, Clients).Select(_ => new TableHost(server.Address)).ToList();
        foreach (var host in hosts)
        {
            await host.Table.Get("catalog").WaitForAnswerAsync(Cancel);
        }

        await server.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System, Cancel);
        await server.StartAsync();
        await PutAsync("catalog", "after");
        var back = Stopwatch.GetTimestamp();
        var seen = await Task.WhenAll(hosts.Select(host => SeenAsync(host.Table.Get("catalog"), "after")));
        var delays = seen.Select(at => Stopwatch.GetElapsedTime(back, at).TotalMilliseconds).Order().ToList();
        var most = Enumerable.Range(0, 60).Max(slot => delays.Count(delay => delay >= slot * 100 && delay < (slot + 1) * 100));
        output.WriteLine($"{Clients} clients back after ms: {Percentiles(delays)}; at most {most} within 100 ms");
        await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
    }

    /// <summary>What a process costs that watches a thousand services.</summary>
    [Fact(Explicit = true)]
    public async Task Figure_ThousandServicesOfTen_Watched()
    {
        const int Services = 1000;
        const int Instances = 10;
        await RegisterAsync(Services, Instances);
        var before = Settled();
        await using var host = new TableHost(server.Address);
        var began = Stopwatch.GetTimestamp();
        var watched = Enumerable.Range(0, Services).Select(service => host.Table.Get($"s{service}")).ToList();
        while (watched.Count(endpoints => endpoints.Snapshot.Endpoints.Length == Instances) is var known && known < Services)
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(2))
            {
                var unknown = watched.First(one => one.Snapshot.Endpoints.Length == 0);
                output.WriteLine($"only {known} are known after 2 min: {unknown.Snapshot.Reason}");
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }

        output.WriteLine($"all known after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        output.WriteLine($"{(Settled() - before) / 1024.0 / 1024.0:0.0} MiB for {Services} services of {Instances}");
        using var calls = host.CountCalls();
        await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, Cancel);
        output.WriteLine($"{calls.GetMeasurementSnapshot().Count / 60.0:0.0} calls a second while nothing changes");
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string Percentiles(List<double> values)
    {
        values.Sort();
        return $"p50 {values[values.Count / 2]:0.0}, p99 {values[(values.Count * 99) / 100]:0.0}, max {values[^1]:0.0}";
    }

    private static async Task<long> SeenAsync(ServiceEndpoints endpoints, string id)
    {
        var snapshot = endpoints.Snapshot;
        while (!snapshot.Endpoints.Any(state => state.Instance.Id == $"one/{id}"))
        {
            snapshot = await endpoints.WaitForChangeAsync(snapshot, Cancel);
        }

        return Stopwatch.GetTimestamp();
    }

    private Task PutAsync(string service, string id) =>
        server.RegisterAsync($$"""{ "ID": "{{id}}", "Name": "{{service}}", "Address": "127.0.0.1", "Port": 80 }""");

    private async Task DeleteAsync(string id)
    {
        using var response = await server.Client.PutAsync($"/v1/agent/service/deregister/{id}", null, Cancel);
        Assert.True(response.IsSuccessStatusCode);
    }

    private async Task<ulong> IndexAsync(string service, ulong index)
    {
        using var response = await server.Client.GetAsync($"/v1/health/service/{service}?stale&index={index}&wait=60s", Cancel);
        return ulong.Parse(response.Headers.GetValues("X-Consul-Index").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task RegisterAsync(int services, int instances)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, services * instances),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel },
            async (number, token) =>
            {
                var (service, instance) = (number / instances, number % instances);
                using var response = await server.Client.PutAsJsonAsync(
                    "/v1/catalog/register",
                    new
                    {
                        Node = $"n{instance}",
                        Address = $"10.0.0.{instance + 1}",
                        Service = new { ID = $"s{service}-{instance}", Service = $"s{service}", Port = 8080 },
                    },
                    token);
                Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(token));
            });
    }
}
