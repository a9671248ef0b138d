using System.Data.Common;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CloudNative.PostgreSql.Tests.Support;

/// <summary>
/// Hosts on one database of the service, and another database beside it; several in one process behave as processes do, short of being
/// killed.
/// </summary>
internal sealed class DatabaseHosts : IAsyncDisposable
{
    private readonly NpgsqlDataSource _own;
    private readonly NpgsqlDataSource _other;
    private readonly List<TestDatabase> _hosts = [];

    private DatabaseHosts(string own, string other)
    {
        ConnectionString = own;
        _own = NpgsqlDataSource.Create(own);
        _other = NpgsqlDataSource.Create(other);
    }

    public string ConnectionString { get; }

    public static async ValueTask<DatabaseHosts> CreateAsync(PostgreSqlServer server) =>
        new(await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync());

    public IServiceProvider Add(TimeProvider? time = null, Action<HostApplicationBuilder>? configure = null)
    {
        var host = new TestDatabase(
            ConnectionString,
            add: builder =>
            {
                builder.Configuration[$"{PostgreSqlOutboxOptions.SectionName}:PollInterval"] = "00:00:00.050";
                builder.Services.AddSingleton(time ?? TimeProvider.System);
                builder.Services.AddCloudNativePostgreSqlOutbox();
                configure?.Invoke(builder);
            });
        _hosts.Add(host);
        return host.Services;
    }

    public async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await _own.OpenConnectionAsync(cancellationToken);

    public async ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) =>
        await _other.OpenConnectionAsync(cancellationToken);

    public async ValueTask ExecuteAsync(string sql) => await PostgreSqlServer.ExecuteAsync(ConnectionString, sql);

    public async ValueTask StopAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _hosts.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _own.DisposeAsync();
        await _other.DisposeAsync();
    }
}
