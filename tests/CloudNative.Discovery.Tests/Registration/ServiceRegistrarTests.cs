using CloudNative.Discovery.Tests.Support;
using CloudNative.Lifecycle;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Tests.Registration;

public sealed class ServiceRegistrarTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Announce_RegistryAnswers_IsRegisteredWhenItReturnsAndWithdrawnInTime()
    {
        var registry = new FlakyRegistry(failures: 0);
        await using var harness = Harness(registry);
        var registrar = Registrar(harness);

        await registrar.AnnounceAsync(Token);
        Assert.Equal(["register 127.0.0.1:5000"], registry.Log);
        var delay = await registrar.WithdrawAsync(Token);

        Assert.Equal(["register 127.0.0.1:5000", "deregister"], registry.Log);
        Assert.Equal(TimeSpan.FromSeconds(3), delay);
    }

    [Fact]
    public async Task Announce_RegistryDown_DoesNotHoldUpTheStartAndSucceedsLaterWithOneLineEach()
    {
        var registry = new FlakyRegistry(failures: 3);
        await using var harness = Harness(registry);
        var registrar = Registrar(harness);

        await Eventually.WithinAsync(registrar.AnnounceAsync(Token).AsTask());
        await AdvanceUntilAsync(harness, () => registry.Log.Contains("register 127.0.0.1:5000"));

        Assert.Equal(4, registry.Log.Count);
        var lines = harness.Logs.GetSnapshot()
            .Where(line => line.Category!.EndsWith("ServiceRegistrar", StringComparison.Ordinal)).ToArray();
        Assert.Equal([LogLevel.Warning, LogLevel.Information], lines.Select(line => line.Level));
        Assert.EndsWith("connection refused", lines[0].Message, StringComparison.Ordinal);
        Assert.Null(lines[0].Exception); // The message says it all.
    }

    [Fact]
    public async Task Announce_NotReady_RegistersOnlyWhenReadyAndFollowsReadiness()
    {
        var registry = new FlakyRegistry(failures: 0);
        var readiness = new Readiness(ready: false);
        await using var harness = Harness(registry, services => services.AddSingleton<IReadinessSource>(readiness));
        var registrar = Registrar(harness);

        await Eventually.WithinAsync(registrar.AnnounceAsync(Token).AsTask());
        Assert.Empty(registry.Log);
        readiness.Set(true);
        await Eventually.TrueAsync(() => registry.Log.Count == 1, "registered once ready");
        readiness.Set(false);
        await Eventually.TrueAsync(() => registry.Log.Count == 2, "told that it is not ready");
        readiness.Set(true);
        await Eventually.TrueAsync(() => registry.Log.Count == 3, "told that it is ready");

        Assert.Equal(["register 127.0.0.1:5000", "ready False", "ready True"], registry.Log);
    }

    [Fact]
    public async Task Follow_RegistryDownWhileReadinessChanges_TellsItLater()
    {
        var registry = new FlakyRegistry(failures: 0);
        var readiness = new Readiness(ready: true);
        await using var harness = Harness(registry, services => services.AddSingleton<IReadinessSource>(readiness));
        await Registrar(harness).AnnounceAsync(Token);

        registry.FailNext(2);
        readiness.Set(false);
        await AdvanceUntilAsync(harness, () => registry.Log.Contains("ready False"));

        Assert.Equal(["register 127.0.0.1:5000", "failed: ready False", "failed: ready False", "ready False"], registry.Log);
    }

    [Theory]
    [InlineData("CloudNative:Hosting:Mode", "Test")]
    [InlineData("CloudNative:Hosting:Mode", "DesignTime")]
    [InlineData("CloudNative:Discovery:Register", "false")]
    [InlineData("CloudNative:Discovery:Enabled", "false")]
    public async Task Announce_NotToBeFound_RegistersNothingAndWaitsForNothing(string key, string value)
    {
        var registry = new FlakyRegistry(failures: 0);
        await using var harness = Harness(registry, settings: new() { [key] = value });
        var registrar = Registrar(harness);

        await registrar.AnnounceAsync(Token);

        Assert.Equal(TimeSpan.Zero, await registrar.WithdrawAsync(Token));
        Assert.Empty(registry.Log);
    }

    [Fact]
    public async Task Announce_LoopbackForRemoteRegistry_IsAnErrorWithItsId()
    {
        var registry = new FlakyRegistry(failures: 0) { RemoteAddress = new Uri("http://192.0.2.1:8500") };
        await using var harness = Harness(registry, listening: "http://localhost:5000");

        await Registrar(harness).AnnounceAsync(Token);

        Assert.Empty(registry.Log);
        Assert.Contains(
            harness.Logs.GetSnapshot(), line => line.Level == LogLevel.Error && line.Message.Contains("CN2003", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Announce_RegistryHereSpeaksForOthers_LoopbackIsRefusedUnlessItIsSet()
    {
        var registry = new FlakyRegistry(failures: 0) { AddressWhenAsked = new Uri("http://192.0.2.1:8500") };
        await using var refused = Harness(registry, listening: "http://localhost:5000");
        await Registrar(refused).AnnounceAsync(Token);
        Assert.Empty(registry.Log);

        await using var told = Harness(
            registry,
            settings: new Dictionary<string, string?> { ["CloudNative:Discovery:Advertise:Host"] = "127.0.0.1" },
            listening: "http://localhost:5000");
        await Registrar(told).AnnounceAsync(Token);
        Assert.Equal(["register 127.0.0.1:5000"], registry.Log);
    }

    [Fact]
    public async Task Announce_NoAddress_IsSaidAtDebugOnly()
    {
        var registry = new FlakyRegistry(failures: 0);
        await using var harness = Harness(registry, listening: "");

        await Registrar(harness).AnnounceAsync(Token);

        Assert.False(registry.WasAsked);
        Assert.Empty(registry.Log);
        Assert.DoesNotContain(harness.Logs.GetSnapshot(), line => line.Level > LogLevel.Debug);
    }

    private static ILifecycleParticipant Registrar(DiscoveryHarness harness) =>
        Assert.Single(harness.Services.GetServices<ILifecycleParticipant>());

    private static DiscoveryHarness Harness(
        FlakyRegistry registry,
        Action<IServiceCollection>? configure = null,
        Dictionary<string, string?>? settings = null,
        string listening = "http://[::]:5000")
    {
        var all = new Dictionary<string, string?>
        {
            ["CloudNative:Service:Name"] = "orders",
            ["CloudNative:Discovery:Provider"] = "flaky",
            ["CloudNative:Hosting:Mode"] = "Service",
        };
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        return new DiscoveryHarness(all, services =>
        {
            services.AddKeyedSingleton<IServiceRegistry>("flaky", registry);
            services.AddProviderOffer(new ProviderOffer("flaky", CloudNativeFeatures.Discovery, ProviderRank.Named));
            services.AddSingleton<IListeningAddresses>(new Listening(listening));
            configure?.Invoke(services);
        });
    }

    private static Task AdvanceUntilAsync(DiscoveryHarness harness, Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            harness.Time.Advance(TimeSpan.FromSeconds(1));
            return condition();
        },
        "the registry took it");

    private sealed class Listening(string addresses) : IListeningAddresses
    {
        public IReadOnlyList<Uri> GetAddresses() =>
            [.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(address => new Uri(address))];
    }
}
