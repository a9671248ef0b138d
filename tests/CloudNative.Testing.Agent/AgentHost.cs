using CloudNative.Embedded;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Testing.Agent;

/// <summary>
/// A host as a service has it: events on the embedded log, outbox and inbox in a database of its own. What it says goes to standard
/// output, what it logs to standard error.
/// </summary>
internal static class AgentHost
{
    public static HostApplicationBuilder CreateBuilder(
        string service, string dataDirectory, string database, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection([
            new("CloudNative:Service:Name", service),
            new($"{EmbeddedOptions.SectionName}:DataDirectory", dataDirectory),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddCloudNativeEventing().AddCloudNativeEmbedded().AddCloudNativeSqliteOutbox(ConnectionString(database));
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

    private static string ConnectionString(string database) => $"Data Source={database};Pooling=False;Default Timeout=60";
}
