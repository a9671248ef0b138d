using CloudNative.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;

namespace CloudNative.PostgreSql.Tests.Support;

/// <summary>The event log as one process sees it; several of them in one process behave as processes do, short of being killed.</summary>
internal sealed class EventHost : IAsyncDisposable
{
    private readonly IHost _host;

    public EventHost(string connectionString, TimeProvider? time = null, Action<PostgreSqlOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:postgresql"] = $"{connectionString};Maximum Pool Size=20";
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddFakeLogging();
        builder.Services.AddCloudNativePostgreSql();
        builder.Services.Configure<PostgreSqlOptions>(options => options.Events.PollInterval = TimeSpan.FromMilliseconds(500));
        builder.Services.Configure(configure ?? (_ => { }));
        _host = builder.Build();
    }

    public IServiceProvider Services => _host.Services;

    public IEventTransport Events => Services.GetRequiredKeyedService<IEventTransport>(PostgreSqlProvider.Name);

    public IReadOnlyList<FakeLogRecord> Logged => Services.GetRequiredService<FakeLogCollector>().GetSnapshot();

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
