using CloudNative.Embedded;
using CloudNative.PostgreSql;
using CloudNative.RabbitMq;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Testing.Agent;

/// <summary>
/// A host as a service has it: events on the provider that is named, outbox and inbox in a database of its own. What it says goes to
/// standard output, what it logs to standard error.
/// </summary>
internal static class AgentHost
{
    /// <param name="service">Its name.</param>
    /// <param name="provider">That of the events.</param>
    /// <param name="place">Where their log or broker is: a directory or a connection string.</param>
    /// <param name="database">Its own.</param>
    /// <param name="settings">Further configuration.</param>
    public static HostApplicationBuilder CreateBuilder(
        string service, string provider, string place, string database, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection([
            new("CloudNative:Service:Name", service),
            new("CloudNative:Eventing:Provider", provider),
            new(PlaceKey(provider), place),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddCloudNativeEventing().AddCloudNativeSqliteOutbox(ConnectionString(database));
        AddProvider(builder.Services, provider);
        return builder;
    }

    public static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection(ConnectionString(database));
        connection.Open();
        return connection;
    }

    public static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    private static string PlaceKey(string provider) =>
        provider == EmbeddedProvider.Name ? $"{EmbeddedOptions.SectionName}:DataDirectory" : $"ConnectionStrings:{provider}";

    private static void AddProvider(IServiceCollection services, string provider) => _ = provider switch
    {
        EmbeddedProvider.Name => services.AddCloudNativeEmbedded(),
        PostgreSqlProvider.Name => services.AddCloudNativePostgreSql(),
        RabbitMqProvider.Name => services.AddCloudNativeRabbitMq(),
        _ => throw new ArgumentException($"'{provider}' is no provider of events.", nameof(provider)),
    };

    private static string ConnectionString(string database) => $"Data Source={database};Pooling=False;Default Timeout=60";
}
