using System.Diagnostics;
using System.Globalization;
using CloudNative.Eventing;
using CloudNative.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace CloudNative.Benchmarks.Events;

/// <summary>
/// Publishing to the log in PostgreSQL beside the same events inserted by hand: each publisher on a connection of its own, a batch as one
/// prepared statement with arrays, an identity index, no order that anybody could rely on. In turns, so that both have the same disk.
/// </summary>
internal static class PostgreSqlTable
{
    private const int Turns = 5;
    private const int Bytes = 256;
    private const string Insert =
        "INSERT INTO raw (identity, source, id, type, data) SELECT * FROM unnest($1, $2, $3, $4, $5)";

    private static readonly TimeSpan _turn = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(string connectionString, TextWriter output)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using (var create = source.CreateCommand(
            "CREATE TABLE IF NOT EXISTS raw (position bigserial PRIMARY KEY, identity uuid UNIQUE, source text, id text, type text, "
            + "data bytea)"))
        {
            await create.ExecuteNonQueryAsync();
        }

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:postgresql"] = connectionString;
        builder.Services.AddCloudNativePostgreSql();
        using var host = builder.Build();
        var events = host.Services.GetRequiredKeyedService<IEventTransport>(PostgreSqlProvider.Name);
        output.WriteLine("## Publishing to PostgreSQL, events a second");
        output.WriteLine();
        output.WriteLine("| publishers × batch | by hand | ours | ratio, median of turns |");
        output.WriteLine("|---|---|---|---|");
        foreach (var (publishers, batch) in new[] { (1, 1), (8, 1), (8, 10), (8, 100) })
        {
            await RunAsync(publishers, () => AppendAsync(events, batch), _turn / 4);
            await RunAsync(publishers, () => InsertAsync(source, batch), _turn / 4);
            var turns = new List<(double Raw, double Ours)>();
            for (var turn = 0; turn < Turns; turn++)
            {
                turns.Add((
                    await RunAsync(publishers, () => InsertAsync(source, batch), _turn) * batch,
                    await RunAsync(publishers, () => AppendAsync(events, batch), _turn) * batch));
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {publishers} × {batch} | {Median(turns, turn => turn.Raw):N0} | {Median(turns, turn => turn.Ours):N0} "
                + $"| {Median(turns, turn => turn.Ours / turn.Raw):F2} |"));
        }
    }

    private static double Median(List<(double Raw, double Ours)> turns, Func<(double Raw, double Ours), double> of) =>
        turns.Select(of).Order().ElementAt(turns.Count / 2);

    /// <summary>How many batches a second.</summary>
    private static async Task<double> RunAsync(int publishers, Func<Task> act, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, publishers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(started) < time; count++)
            {
                await act();
            }

            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task AppendAsync(IEventTransport events, int batch) => await events.AppendAsync(
        [.. Enumerable.Range(0, batch).Select(_ => new OutgoingEvent(
            "orders",
            new EventEnvelope(Guid.CreateVersion7(), "/services/orders", "orders.placed.v1") { Data = new byte[Bytes] }))],
        CancellationToken.None);

    private static async Task InsertAsync(NpgsqlDataSource source, int batch)
    {
        var ids = Enumerable.Range(0, batch).Select(_ => Guid.CreateVersion7()).ToArray();
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                Column(ids, NpgsqlDbType.Uuid),
                Column(Array.ConvertAll(ids, _ => "/services/orders"), NpgsqlDbType.Text),
                Column(Array.ConvertAll(ids, id => id.ToString()), NpgsqlDbType.Text),
                Column(Array.ConvertAll(ids, _ => "orders.placed.v1"), NpgsqlDbType.Text),
                Column(Array.ConvertAll(ids, _ => new byte[Bytes]), NpgsqlDbType.Bytea),
            },
        };
        await command.PrepareAsync();
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter<T[]> Column<T>(T[] values, NpgsqlDbType type) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
