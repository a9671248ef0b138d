using System.Diagnostics;
using System.Globalization;
using CloudNative.Embedded;
using CloudNative.Eventing;
using CloudNative.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Benchmarks.Events;

/// <summary>
/// How long it takes from the call of <c>Commit</c> in one service to the handler in another, over outbox, relay and embedded log; both
/// disks included. Idle in between.
/// </summary>
internal static class OutboxTable
{
    private const int Warm = 50;
    private const int Count = 500;
    private const int Slow = 30;

    public static async Task RunAsync(TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        var database = $"Data Source={directory.Combine("orders.db")}";
        var arrivals = new Arrivals();
        using var ordering = Build("ordering", directory.Combine("data"), database);
        using var shipping = Build("shipping", directory.Combine("data"), null);
        shipping.MapEvent<OrderPlaced>("orders", (_, _, _) => arrivals.Arrived());
        await shipping.StartAsync();
        await ordering.StartAsync();
        Prepare(database);
        var publisher = ordering.Services.GetRequiredService<IEventPublisher>();
        var outbox = ordering.Services.GetRequiredService<IOutbox>();

        output.WriteLine("## From the commit of a transaction with an outbox to the handler of another service, idle");
        output.WriteLine();
        output.WriteLine("| | p50, ms | p95, ms | p99, ms | of that the commit itself, p50, ms | of |");
        output.WriteLine("|---|---|---|---|---|---|");
        using var open = Open(database);
        var ways = new (string Name, int Events, Func<Task<(long Begun, long Done)>> Act)[]
        {
            ("published without an outbox (the floor)", Count, () => PublishAsync(publisher)),
            ("committed right after it was enqueued", Count, () => CommitAsync(outbox, database, TimeSpan.Zero)),
            ("the same, on a connection that stays open", Count, () => CommitOnAsync(open, outbox, TimeSpan.Zero)),
            ("committed 20 ms after it was enqueued", Count / 5, () => CommitAsync(outbox, database, TimeSpan.FromMilliseconds(20))),
            ("committed 200 ms after it was enqueued", Slow, () => CommitAsync(outbox, database, TimeSpan.FromMilliseconds(200))),
            ("written by another process that cannot relay it", Slow, () => Task.FromResult(CommitElsewhere(database))),
        };
        foreach (var (name, events, act) in ways)
        {
            var (sorted, commits) = await MeasureAsync(arrivals, act, events);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {sorted[events / 2]:F1} | {sorted[events * 95 / 100]:F1} | {sorted[events * 99 / 100]:F1} "
                + $"| {commits[events / 2]:F1} | {events} |"));
        }

        await ordering.StopAsync();
        await shipping.StopAsync();
    }

    private static async Task<(double[] Latencies, double[] Commits)> MeasureAsync(
        Arrivals arrivals, Func<Task<(long Begun, long Done)>> act, int events)
    {
        var (latencies, commits) = (new List<double>(), new List<double>());
        var warm = Math.Min(Warm, events / 5);
        for (var number = -warm; number < events; number++)
        {
            await Task.Delay(Random.Shared.Next(3, 12));
            var arrival = arrivals.Next();
            var (begun, done) = await act();
            var elapsed = Stopwatch.GetElapsedTime(begun, await arrival).TotalMilliseconds;
            if (number >= 0)
            {
                latencies.Add(elapsed);
                commits.Add(Stopwatch.GetElapsedTime(begun, done).TotalMilliseconds);
            }
        }

        return ([.. latencies.Order()], [.. commits.Order()]);
    }

    private static async Task<(long, long)> PublishAsync(IEventPublisher publisher)
    {
        var begun = Stopwatch.GetTimestamp();
        await publisher.PublishAsync(new OrderPlaced(1, Filler), null, CancellationToken.None);
        return (begun, begun);
    }

    private static async Task<(long, long)> CommitAsync(IOutbox outbox, string database, TimeSpan work)
    {
        using var connection = Open(database);
        return await CommitOnAsync(connection, outbox, work);
    }

    private static async Task<(long, long)> CommitOnAsync(SqliteConnection connection, IOutbox outbox, TimeSpan work)
    {
        using var transaction = connection.BeginTransaction();
        await outbox.EnqueueAsync(transaction, new OrderPlaced(1, Filler), null, CancellationToken.None);
        if (work > TimeSpan.Zero)
        {
            await Task.Delay(work);
        }

        var begun = Stopwatch.GetTimestamp();
        transaction.Commit();
        return (begun, Stopwatch.GetTimestamp());
    }

    // A row as another process writes it, which nobody here is told of.
    private static (long, long) CommitElsewhere(string database)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO cloudnative_outbox (topic, source, id, type, data, delay, enqueued)
            VALUES ('orders', '/services/ordering', $id, 'orders.placed.v1', $data, 0, $now)
            """;
        command.Parameters.AddWithValue("$id", Guid.NewGuid().ToString());
        command.Parameters.AddWithValue("$data", "{\"number\":1}"u8.ToArray());
        command.Parameters.AddWithValue("$now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        var begun = Stopwatch.GetTimestamp();
        command.ExecuteNonQuery();
        return (begun, Stopwatch.GetTimestamp());
    }

    private static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection(database);
        connection.Open();
        return connection;
    }

    private static void Prepare(string database)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }

    private static IHost Build(string service, string directory, string? database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection([
            new("CloudNative:Service:Name", service), new($"{EmbeddedOptions.SectionName}:DataDirectory", directory)]);
        builder.Services.AddCloudNativeEventing().AddCloudNativeEmbedded();
        if (database is not null)
        {
            builder.Services.AddCloudNativeSqliteOutbox(database);
        }

        return builder.Build();
    }

    private static string Filler { get; } = new('x', 200);

    private sealed class Arrivals
    {
        private TaskCompletionSource<long> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<long> Next()
        {
            _next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _next.Task;
        }

        public ValueTask Arrived()
        {
            _next.TrySetResult(Stopwatch.GetTimestamp());
            return ValueTask.CompletedTask;
        }
    }
}
