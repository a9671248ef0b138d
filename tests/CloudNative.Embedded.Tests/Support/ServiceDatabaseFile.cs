using CloudNative.Eventing;
using CloudNative.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Embedded.Tests.Support;

/// <summary>A service's own database, and hosts that have their outbox and inbox in it.</summary>
internal sealed class ServiceDatabaseFile : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<ServiceProvider> _hosts = [];

    public string Path => _directory.Combine("orders.db");

    public string ConnectionString => $"Data Source={Path};Pooling=False";

    /// <summary>Another host; several in one process behave as processes do, short of being killed.</summary>
    public ServiceProvider AddHost(TimeProvider? time = null, params (string Key, string Value)[] options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(options.Select(option =>
            KeyValuePair.Create<string, string?>($"{SqliteOutboxOptions.SectionName}:{option.Key}", option.Value))).Build());
        var host = services.AddCloudNativeSqliteOutbox(ConnectionString).BuildServiceProvider();
        _hosts.Add(host);
        return host;
    }

    public IOutboxStore AddOutbox(TimeProvider? time = null, params (string Key, string Value)[] options) =>
        AddHost(time, options.Length > 0 ? options : [("PollInterval", "00:00:00.050")]).GetRequiredService<IOutboxStore>();

    public SqliteConnection Connect(string file = "orders.db")
    {
        var connection = new SqliteConnection($"Data Source={_directory.Combine(file)};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void RestartHosts()
    {
        _hosts.ForEach(host => host.Dispose());
        _hosts.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _directory.Dispose();
    }
}
