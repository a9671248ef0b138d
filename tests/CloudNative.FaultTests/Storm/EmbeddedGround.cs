using CloudNative.FaultTests.Support;
using Microsoft.Data.Sqlite;

namespace CloudNative.FaultTests.Storm;

/// <summary>The embedded log: somebody else holds its write lock, or fills its disk.</summary>
internal sealed class EmbeddedGround(string directory, Tmpfs? disk) : IStormGround
{
    private const string Busy = "busy storms";
    private const string Full = "full disks";
    private const int FewestFloods = 3;

    public string Provider => "embedded";

    public string Place => directory;

    public bool IsStruckEnough(StormTally tally) => disk is null || tally.Strikes.GetValueOrDefault(Full) >= FewestFloods;

    public async Task StrikeAsync(Random random, StormTally tally)
    {
        if (disk is not null && random.Next(2) == 0)
        {
            tally.CountStrike(Full);
            disk.Fill();
            await Task.Delay(random.Next(200, 1_500));
            disk.Free();
            return;
        }

        tally.CountStrike(Busy);
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            await using var connection = new SqliteConnection(
                $"Data Source={Path.Combine(directory, "events.db")};Pooling=False;Default Timeout=60");
            await connection.OpenAsync();
            await using (await connection.BeginTransactionAsync())
            {
                await Task.Delay(random.Next(10, 300));
            }
        }
    }
}
