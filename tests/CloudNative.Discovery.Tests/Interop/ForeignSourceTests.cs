using System.Diagnostics.CodeAnalysis;
using System.Net;
using CloudNative.Discovery.Interop;
using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Discovery.Tests.Interop;

/// <summary>Inward: providers written for Microsoft.Extensions.ServiceDiscovery as sources of the table.</summary>
public sealed class ForeignSourceTests
{
    [Fact]
    public async Task Get_ProviderThatAnnouncesChanges_IsFollowedWithoutPolling()
    {
        var provider = new Provider { EndPoints = [new DnsEndPoint("a", 80)], Announces = true };
        await using var harness = Harness(provider);
        var endpoints = harness.Table.Get("catalog");
        await Eventually.TrueAsync(() => endpoints.Snapshot.Endpoints is [{ Instance.Id: "a:80" }], "first answer");

        provider.Change(new DnsEndPoint("b", 80));

        await Eventually.TrueAsync(() => endpoints.Snapshot.Endpoints is [{ Instance.Id: "b:80" }], "the change");
    }

    [Fact]
    public async Task Get_ProviderWithoutChangeTokens_IsAskedOnceAnInterval()
    {
        var provider = new Provider { EndPoints = [new DnsEndPoint("a", 80)] };
        await using var harness = Harness(provider);
        var endpoints = harness.Table.Get("catalog");
        await Eventually.TrueAsync(() => endpoints.Snapshot.Status == ServiceStatus.Known, "first answer");

        provider.EndPoints = [new DnsEndPoint("b", 80)];
        await Eventually.TrueAsync(
            () =>
            {
                harness.Time.Advance(ForeignSource.PollInterval);
                return endpoints.Snapshot.Endpoints is [{ Instance.Id: "b:80" }];
            },
            "asked again");
    }

    [Fact]
    public async Task Get_ProviderThrows_LastKnownGoodStays()
    {
        var provider = new Provider { EndPoints = [new DnsEndPoint("a", 80)], Announces = true };
        await using var harness = Harness(provider);
        var endpoints = harness.Table.Get("catalog");
        await Eventually.TrueAsync(() => endpoints.Snapshot.Status == ServiceStatus.Known, "first answer");

        provider.Failure = new InvalidOperationException("the resolver is down");
        provider.Change(new DnsEndPoint("a", 80));

        await Eventually.TrueAsync(() => endpoints.Snapshot.IsStale, "the outage is seen");
        Assert.Equal("a:80", endpoints.PickAndComplete());
        Assert.Contains("the resolver is down", endpoints.Snapshot.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https+http://catalog", "https", 443)]
    [InlineData("http://catalog", "http", 80)]
    public async Task TryPick_AddressWithoutScheme_ServesBoth(string uri, string scheme, int port)
    {
        await using var harness = Harness(new Provider { EndPoints = [new IPEndPoint(IPAddress.Parse("10.0.0.1"), 0)] });
        Assert.True(EndpointQuery.TryParse(new Uri(uri), out var query, out var service));
        var endpoints = harness.Table.Get(service);
        await endpoints.WaitForAnswerAsync(TestContext.Current.CancellationToken);

        Assert.True(endpoints.TryPick(new PickRequest(query), out var pick));

        Assert.Equal((scheme, "10.0.0.1", port), (pick.Endpoint.Scheme, pick.Endpoint.Host, pick.Endpoint.Port));
    }

    [Fact]
    public async Task Get_OnlyMicrosoftsOwnProviders_AreNotSources()
    {
        await using var harness = new DiscoveryHarness(configure: services => services.AddServiceDiscovery());

        var snapshot = await harness.Table.Get("catalog").WaitForAnswerAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ServiceStatus.NotFound, snapshot.Status);
    }

    private static DiscoveryHarness Harness(Provider provider) => new(
        configure: services => services.AddSingleton<IServiceEndpointProviderFactory>(new Factory(provider)));

    private sealed class Factory(Provider provider) : IServiceEndpointProviderFactory
    {
        public bool TryCreateProvider(ServiceEndpointQuery query, [NotNullWhen(true)] out IServiceEndpointProvider? created)
        {
            created = provider;
            return true;
        }
    }

    private sealed class Provider : IServiceEndpointProvider
    {
        private CancellationTokenSource _change = new();

        public EndPoint[] EndPoints { get; set; } = [];

        public bool Announces { get; init; }

        public Exception? Failure { get; set; }

        public void Change(params EndPoint[] endPoints)
        {
            EndPoints = endPoints;
            Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
        }

        public ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            if (Announces)
            {
                endpoints.AddChangeToken(new CancellationChangeToken(_change.Token));
            }

            foreach (var endPoint in EndPoints)
            {
                endpoints.Endpoints.Add(ServiceEndpoint.Create(endPoint));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
