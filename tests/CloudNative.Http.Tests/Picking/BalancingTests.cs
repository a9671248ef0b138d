using CloudNative.Discovery;
using CloudNative.Http.Settings;
using CloudNative.Http.Tests.Labs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Http.Tests.Picking;

/// <summary>A client's calls are balanced as its settings say.</summary>
public sealed class BalancingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_RoundRobinForThisClient_TakesTheInstancesInTurn()
    {
        await using var a = await TestServer.StartAsync("a");
        await using var b = await TestServer.StartAsync("b");
        await using var lab = Lab.Create(new() { ["CloudNative:Clients:lab:LoadBalancing:Policy"] = "WeightedRoundRobin" });
        lab.Know(a, b);
        using var client = lab.Client();

        for (var call = 0; call < 10; call++)
        {
            await client.GetStringAsync("http://catalog/x", Token);
        }

        Assert.Equal((5, 5), (a.Requests, b.Requests));
    }

    [Fact]
    public async Task Send_ConsistentHash_KeyOfTheRequestWinsOverTheHeader()
    {
        await using var a = await TestServer.StartAsync("a");
        await using var b = await TestServer.StartAsync("b");
        await using var lab = Lab.Create(new()
        {
            ["CloudNative:Http:LoadBalancing:Policy"] = "ConsistentHash",
            ["CloudNative:Http:LoadBalancing:KeyHeader"] = "X-Tenant",
        });
        lab.Know(a, b);
        using var client = lab.Client();

        async Task<string[]> HomesAsync(Action<HttpRequestMessage, string> mark)
        {
            var homes = new List<string>();
            for (var call = 0; call < 40; call++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/x");
                mark(request, $"tenant-{call % 20}");
                using var answer = await client.SendAsync(request, Token);
                homes.Add(await answer.Content.ReadAsStringAsync(Token));
            }

            return [.. homes];
        }

        var byHeader = await HomesAsync((request, key) => request.Headers.Add("X-Tenant", key));
        var byKey = await HomesAsync((request, key) =>
        {
            request.Headers.Add("X-Tenant", Guid.NewGuid().ToString());
            request.SetBalancingKey(key);
        });

        Assert.Equal(byHeader[..20], byHeader[20..]);
        Assert.Equal(byHeader, byKey);
        Assert.Equal(["a", "b"], byHeader.Distinct().Order());
    }

    [Fact]
    public async Task Reload_AnotherPolicy_IsUsedAtOnceAndStatisticsStay()
    {
        await using var server = await TestServer.StartAsync("a");
        await using var lab = Lab.Create();
        lab.Know(server);
        using var client = lab.Client();
        await client.GetStringAsync("http://catalog/x", Token);
        var state = (await lab.SettledAsync()).Endpoints[0];
        var configuration = (IConfigurationRoot)lab.Services.GetRequiredService<IConfiguration>();
        var slot = lab.Services.GetRequiredService<ClientSettingsCatalog>().Get("lab");

        configuration["CloudNative:Clients:lab:LoadBalancing:Policy"] = "LeastRequests";
        configuration.Reload();
        await client.GetStringAsync("http://catalog/x", Token);

        Assert.Equal("LeastRequests", slot.Current.Balancer?.Policy);
        Assert.Same(state, (await lab.SettledAsync()).Endpoints[0]);
        Assert.True(state.LatencySeconds > 0);
        configuration["CloudNative:Clients:lab:LoadBalancing:Policy"] = "nonsense";
        configuration.Reload();
        Assert.Equal("LeastRequests", slot.Current.Balancer?.Policy);
    }

    [Fact]
    public async Task Defaults_UnknownPolicy_StopTheStart()
    {
        await using var lab = Lab.Create(new() { ["CloudNative:Http:LoadBalancing:Policy"] = "nonsense" });

        var exception = Assert.Throws<OptionsValidationException>(() =>
            lab.Services.GetRequiredService<IOptionsMonitor<ServiceClientOptions>>().CurrentValue);

        Assert.Contains("CN2005 CloudNative:Http:LoadBalancing:Policy", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ConsistentHash", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_PolicyOfTheApplication_IsAskedWithTheKey()
    {
        await using var a = await TestServer.StartAsync("a");
        await using var b = await TestServer.StartAsync("b");
        await using var lab = Lab.Create(
            new() { ["CloudNative:Clients:lab:LoadBalancing:Policy"] = "by-name" },
            services: services => services.AddKeyedSingleton<ILoadBalancingPolicy, ByName>("by-name"));
        lab.Know(a, b);
        using var client = lab.Client();

        for (var call = 0; call < 5; call++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/x").SetBalancingKey("i1");
            using var answer = await client.SendAsync(request, Token);
            Assert.Equal("b", await answer.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task Send_NobodyHasTheRequiredMetadata_SaysWhatIsMissing()
    {
        await using var server = await TestServer.StartAsync("a");
        await using var lab = Lab.Create(new() { ["CloudNative:Clients:lab:LoadBalancing:RequiredMetadata:version"] = "2" });
        lab.Know(server);
        using var client = lab.Client();

        var exception = await Assert.ThrowsAsync<NoEndpointException>(() => client.GetStringAsync("http://catalog/x", Token));

        Assert.Contains("version=2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("LoadBalancing:RequiredMetadata", exception.Message, StringComparison.Ordinal);
    }

    private sealed class ByName : ILoadBalancingPolicy
    {
        public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context)
        {
            for (var index = 0; index < candidates.Length; index++)
            {
                if (candidates[index].Instance.Id == context.Key)
                {
                    return index;
                }
            }

            return 0;
        }
    }
}
