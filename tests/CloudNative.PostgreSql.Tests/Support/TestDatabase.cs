using CloudNative.PostgreSql.Databases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.PostgreSql.Tests.Support;

/// <summary>The services of a process that uses a database, with a configuration that a test can change. Nothing is started.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly IHost _host;

    public TestDatabase(
        string connectionString, Action<PostgreSqlOptions>? configure = null, Action<HostApplicationBuilder>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        Configuration = builder.Configuration;
        Configuration["ConnectionStrings:postgresql"] = connectionString;
        builder.Services.AddCloudNativePostgreSql();
        builder.Services.Configure(configure ?? (_ => { }));
        add?.Invoke(builder);
        _host = builder.Build();
    }

    public IConfiguration Configuration { get; }

    public IServiceProvider Services => _host.Services;

    public PostgreSqlDatabase Database => Services.GetRequiredService<PostgreSqlDatabase>();

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
