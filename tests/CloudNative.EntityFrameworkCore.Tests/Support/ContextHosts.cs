using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

/// <summary>Hosts with a context on one database; several in one process behave as processes do, short of being killed.</summary>
internal sealed class ContextHosts(IContextDatabase database) : IAsyncDisposable
{
    private readonly List<ServiceProvider> _hosts = [];

    public IContextDatabase Database => database;

    public ServiceProvider Add(TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{EntityFrameworkOutboxOptions.SectionName}:PollInterval", "00:00:00.050")]).Build());
        services.AddCloudNativeEntityFrameworkOutbox<OrdersContext>();
        services.AddDbContext<OrdersContext>(database.Configure);
        var host = services.BuildServiceProvider();
        _hosts.Add(host);
        using var scope = host.CreateScope();
        scope.ServiceProvider.GetRequiredService<OrdersContext>().Database.EnsureCreated();
        return host;
    }

    public async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await OpenAsync(database.Connect(), cancellationToken);

    public async ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) =>
        await OpenAsync(database.ConnectElsewhere(), cancellationToken);

    public async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

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
        await database.DisposeAsync();
    }

    private static async ValueTask<DbConnection> OpenAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
