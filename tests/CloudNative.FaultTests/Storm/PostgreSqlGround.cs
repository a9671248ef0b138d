using CloudNative.TestSupport.PostgreSql;
using Npgsql;

namespace CloudNative.FaultTests.Storm;

/// <summary>The log in PostgreSQL: its server crashes, an administrator ends all sessions, somebody holds the rows of its topics.</summary>
internal sealed class PostgreSqlGround(PostgreSqlServer server, string database) : IStormGround
{
    private const string Crashes = "server crashes";

    public string Provider => "postgresql";

    public string Place => database;

    public bool IsStruckEnough(StormTally tally) => tally.Strikes.GetValueOrDefault(Crashes) > 0;

    public async Task StrikeAsync(Random random, StormTally tally)
    {
        switch (random.Next(4))
        {
            case 0:
                tally.CountStrike("times all sessions ended");
                await server.ExecuteAsync(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename IS NOT NULL");
                break;
            case 1:
                tally.CountStrike("times topics held");
                await HoldAsync(random.Next(10, 2_000));
                break;
            default:
                tally.CountStrike(Crashes);
                await server.KillAsync();
                await Task.Delay(random.Next(0, 2_000));
                await server.StartAsync();
                break;
        }
    }

    private async Task HoldAsync(int milliseconds)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("SELECT FROM cloudnative.topics FOR UPDATE", connection, transaction);
        await command.ExecuteNonQueryAsync();
        await Task.Delay(milliseconds);
    }
}
