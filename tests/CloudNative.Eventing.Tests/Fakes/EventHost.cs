using CloudNative.Eventing.Dispatch;
using CloudNative.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Eventing.Tests.Fakes;

/// <summary>A worker with events on a scripted transport.</summary>
internal sealed class EventHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EventHost(IHost host, ScriptedTransport transport, LogLines log) => (_host, Transport, Log) = (host, transport, log);

    public IHost Host => _host;

    public ScriptedTransport Transport { get; }

    public LogLines Log { get; }

    public IServiceProvider Services => _host.Services;

    public IEventPublisher Publisher => Services.GetRequiredService<IEventPublisher>();

    public static EventHost Build(
        Action<HostApplicationBuilder>? configure = null,
        Action<IEventsBuilder>? events = null,
        bool isServed = true,
        params (string Key, string? Value)[] settings)
    {
        var (transport, log) = (new ScriptedTransport(), new LogLines());
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection([
            new("CloudNative:Service:Name", "tests"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
        ]);
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(new RetryJitter(new HalfRandom()));
        builder.Services.AddMetrics();
        builder.Services.AddHealthChecks();
        builder.Services.AddCloudNativeEventing();
        if (isServed)
        {
            builder.Services.AddKeyedSingleton<IEventTransport>(ScriptedTransport.Name, transport);
            builder.Services.AddProviderOffer(
                new ProviderOffer(ScriptedTransport.Name, CloudNativeFeatures.Eventing, ProviderRank.Primary));
        }

        configure?.Invoke(builder);
        events?.Invoke(new EventsBuilder(builder));
        return new EventHost(builder.Build(), transport, log);
    }

    /// <summary>Builds and starts a host with one handler.</summary>
    public static async Task<EventHost> HandleAsync<T>(
        EventCallback<T> handler, Action<IEventHandlerBuilder>? more = null, params (string Key, string? Value)[] settings)
    {
        var host = Build(settings: settings);
        var builder = host.Host.MapEvent("orders", handler);
        more?.Invoke(builder);
        await host.StartAsync();
        return host;
    }

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private sealed class HalfRandom : Random
    {
        public override double NextDouble() => 0.5;
    }
}
