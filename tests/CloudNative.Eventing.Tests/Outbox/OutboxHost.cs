using CloudNative.Eventing.Outbox;
using CloudNative.Providers;
using CloudNative.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Eventing.Tests.Outbox;

/// <summary>A service with an outbox in memory, a scripted transport and a virtual clock.</summary>
internal sealed class OutboxHost : IAsyncDisposable
{
    private readonly IHost _host;

    public OutboxHost(params (string Key, string Value)[] settings)
        : this(_ => { }, settings)
    {
    }

    public OutboxHost(Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    {
        Outbox = new ListOutbox(Time);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "orders" });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting =>
            KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        builder.Logging.AddFakeLogging();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IOutboxStore>(Outbox);
        builder.Services.AddKeyedSingleton<IEventTransport>("scripted", Transport);
        builder.Services.AddCloudNativeEventing();
        configure(builder.Services);
        builder.Services.AddProviderOffer(new ProviderOffer("scripted", CloudNativeFeatures.Eventing, ProviderRank.Primary));
        _host = builder.Build();
    }

    public FakeTimeProvider Time { get; } = new();

    public ListOutbox Outbox { get; }

    public ScriptedTransport Transport { get; } = new();

    public IServiceProvider Services => _host.Services;

    public OutboxRelays Relays => Services.GetRequiredService<OutboxRelays>();

    public IEnumerable<string> Logged(LogLevel level) => Services.GetRequiredService<FakeLogCollector>().GetSnapshot()
        .Where(line => line.Level == level && line.Category == typeof(OutboxRelay).FullName)
        .Select(line => line.Message);

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken)
        .WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Waits, without a clock, until the relay has moved all there is.</summary>
    public Task QuietAsync() => Relays.WhenNoneReadyAsync(TestContext.Current.CancellationToken).AsTask()
        .WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);

    public Task<TimeSpan> AdvanceUntilAsync(Func<bool> condition, TimeSpan limit) =>
        Time.AdvanceUntilAsync(condition, TimeSpan.FromMilliseconds(50), limit);

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }
}
