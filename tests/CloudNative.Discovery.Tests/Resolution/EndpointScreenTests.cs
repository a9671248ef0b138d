using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CloudNative.Discovery.Tests.Resolution;

/// <summary>Addresses that cannot be right never enter the table, whatever source says them.</summary>
public sealed class EndpointScreenTests
{
    [Theory]
    [InlineData("http", "10.0.0.1", 0, "port")]
    [InlineData("http", "10.0.0.1", 65536, "port")]
    [InlineData("http", "0.0.0.0", 80, "unspecified")]
    [InlineData("https", "::", 443, "unspecified")]
    [InlineData("https", "::ffff:0.0.0.0", 443, "unspecified")]
    [InlineData("http", "", 80, "unspecified")]
    [InlineData("http", "169.254.169.254", 80, "link_local")]
    [InlineData("http", "fe80::1", 80, "link_local")]
    [InlineData("http", "fe80::1%2", 80, "link_local")]
    [InlineData("file", "10.0.0.1", 80, "scheme")]
    [InlineData("ftp", "10.0.0.1", 21, "scheme")]
    public async Task Screen_CannotBeRight_IsDroppedCountedAndLoggedOnce(string scheme, string host, int port, string reason)
    {
        await using var service = await TestService.CreateAsync("good");
        using var dropped = new MetricCollector<long>(
            service.Meters, DiscoveryTelemetryNames.Meter, DiscoveryTelemetryNames.DroppedEndpoints);
        var bad = Instances.Of("bad") with { Endpoints = [new(scheme, host, port)] };

        await service.SayAsync(EndpointUpdate.Answer([Instances.Of("good"), bad, Instances.Of("other")]));
        await service.SayAsync(EndpointUpdate.Answer([Instances.Of("good"), bad]));

        Assert.Equal(["good"], service.Endpoints.Snapshot.Endpoints.Select(state => state.Instance.Id));
        var measurements = dropped.GetMeasurementSnapshot();
        Assert.Equal([reason, reason], measurements.Select(one => one.Tags[DiscoveryTelemetryNames.ReasonAttribute]));
        Assert.All(measurements, one => Assert.Equal("catalog", one.Tags[DiscoveryTelemetryNames.ServiceAttribute]));
        var line = Assert.Single(service.Lines, line => line.Contains("cannot be right", StringComparison.Ordinal));
        Assert.Contains(reason, line, StringComparison.Ordinal);
        Assert.Contains("scripted", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http", "127.0.0.1")]
    [InlineData("HTTPS", "catalog-0.internal")]
    [InlineData("http", "fd00::1")]
    [InlineData("http", "169.253.0.1")]
    public async Task Screen_MayBeRight_IsKept(string scheme, string host)
    {
        await using var service = await TestService.CreateAsync("first");

        await service.SayAsync(EndpointUpdate.Answer([Instances.Of("good") with { Endpoints = [new(scheme, host, 80)] }]));

        Assert.Equal(["good"], service.Picked(10));
    }

    [Fact]
    public async Task Screen_OneOfTwoAddressesIsWrong_TheInstanceKeepsTheOther()
    {
        await using var service = await TestService.CreateAsync("first");

        await service.SayAsync(EndpointUpdate.Answer(
            [Instances.Of("a") with { Endpoints = [new("http", "0.0.0.0", 80), new("https", "10.0.0.1", 443)] }]));

        var endpoint = Assert.Single(service.State("a").Instance.Endpoints);
        Assert.Equal(("https", "10.0.0.1"), (endpoint.Scheme, endpoint.Host));
    }

    [Fact]
    public async Task Screen_AllOfThemAreWrong_TheSnapshotSaysWhichAndWhy()
    {
        await using var service = await TestService.CreateAsync();

        await service.SayAsync(EndpointUpdate.Answer(
            [
                Instances.Of("a") with { Endpoints = [new("http", "10.0.0.1", 0)] },
                Instances.Of("b") with { Endpoints = [new("ftp", "b", 21)] },
            ]));

        var snapshot = service.Endpoints.Snapshot;
        Assert.Equal((ServiceStatus.Known, false), (snapshot.Status, snapshot.IsStale));
        Assert.Equal("scripted lists only addresses that cannot be right: http://10.0.0.1:0 (port) and 1 more", snapshot.Reason);
    }

    [Fact]
    public async Task Screen_SchemeThatIsAllowed_IsKept()
    {
        await using var service = await TestService.CreateWithAsync(
            new()
            {
                ["CloudNative:Discovery:AllowedSchemes:0"] = "http",
                ["CloudNative:Discovery:AllowedSchemes:1"] = "tcp",
            },
            "first");

        await service.SayAsync(EndpointUpdate.Answer([Instances.Of("a", scheme: "tcp"), Instances.Of("b", scheme: "https")]));

        Assert.Equal(["a"], service.Picked(10));
    }

    [Fact]
    public async Task Screen_ConfigurationNamesPortZero_IsDroppedAndNotReadAsTheUsualPort()
    {
        await using var harness = new DiscoveryHarness(new()
        {
            ["Services:catalog:http:0"] = "http://10.0.0.1:0",
            ["Services:catalog:http:1"] = "http://10.0.0.2",
        });
        var snapshot = await harness.Table.Get("catalog").WaitForAnswerAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["10.0.0.2:80"], snapshot.Endpoints.Select(state => state.Instance.Id));
    }

    [Fact]
    public async Task DescribeSources_EachSaysWhatItAnswered()
    {
        var known = new ScriptedSource("one");
        var down = new ScriptedSource("two");
        var silent = new ScriptedSource("three");
        known.Say("catalog", EndpointUpdate.NotFound);
        down.Fail("connection refused");
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(known).AddSource(down).AddSource(silent));
        var catalog = harness.Table.Get("catalog");

        await Eventually.TrueAsync(() => catalog.DescribeSources().Count(answer => answer.Kind is not null) == 3, "all but one answered");

        Assert.Equal(
            [
                new SourceAnswer("configuration", EndpointUpdateKind.NotFound, null),
                new SourceAnswer("one", EndpointUpdateKind.NotFound, null),
                new SourceAnswer("two", EndpointUpdateKind.Unavailable, "connection refused"),
                new SourceAnswer("three", null, null),
            ],
            catalog.DescribeSources());
    }
}
