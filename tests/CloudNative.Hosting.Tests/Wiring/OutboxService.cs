using System.Collections.Concurrent;
using CloudNative.Embedded;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudNative.Hosting.Tests.Wiring;

/// <summary>A service with a database of its own, which is its outbox and inbox, on the embedded log that it shares with others.</summary>
internal sealed class OutboxService : IAsyncDisposable
{
    private readonly string _connectionString;

    public OutboxService(string name, string directory)
    {
        _connectionString = $"Data Source={Path.Combine(directory, $"{name}.db")};Pooling=False";
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration["CloudNative:Service:Name"] = name;
        builder.Configuration["CloudNative:Discovery:Provider"] = "none";
        builder.Configuration[$"{EmbeddedOptions.SectionName}:DataDirectory"] = directory;
        builder.Logging.AddProvider(new Warnings(Logged)).SetMinimumLevel(LogLevel.Warning);
        builder.AddCloudNative(cloud => cloud.UseEmbedded().Events.UseSqliteOutbox(_connectionString));
        Host = builder.Build();
        using var database = Open();
        Execute(database, null, "CREATE TABLE parcel (number INTEGER, attempt INTEGER)");
        Execute(database, null, "CREATE TABLE placed (number INTEGER)");
    }

    public IHost Host { get; }

    /// <summary>Warnings and worse of events.</summary>
    public ConcurrentQueue<string> Logged { get; } = new();

    public async Task PlaceAsync(int number, bool commit = true)
    {
        using var database = Open();
        using var transaction = database.BeginTransaction();
        Execute(database, transaction, "INSERT INTO placed VALUES ($0)", number);
        await Host.Services.GetRequiredService<IOutbox>().EnqueueAsync(
            transaction, new OrderPlaced(number), new PublishOptions { Key = "orders" }, TestContext.Current.CancellationToken);
        if (commit)
        {
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Writes the effect in one transaction with the claim.</summary>
    public async Task<bool> ShipAsync(OrderPlaced order, EventContext context, CancellationToken cancellationToken)
    {
        using var database = Open();
        using var transaction = database.BeginTransaction();
        if (!await context.TryClaimAsync(transaction, cancellationToken))
        {
            return false;
        }

        Execute(database, transaction, "INSERT INTO parcel VALUES ($0, $1)", order.Number, context.Attempt);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public IReadOnlyList<(long, long)> Rows(string sql)
    {
        using var database = Open();
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<(long, long)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)Host).DisposeAsync();
    }

    private static void Execute(SqliteConnection database, SqliteTransaction? transaction, string sql, params object[] values)
    {
        using var command = database.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (index, value) in values.Index())
        {
            command.Parameters.AddWithValue($"${index}", value);
        }

        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var database = new SqliteConnection(_connectionString);
        database.Open();
        return database;
    }

    private sealed class Warnings(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("CloudNative.E", StringComparison.Ordinal) ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
