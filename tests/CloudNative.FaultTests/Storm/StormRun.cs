using System.Diagnostics;
using System.Globalization;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Storm;

namespace CloudNative.FaultTests.Storm;

/// <summary>
/// Lets processes publish and handle on common ground, kills and pauses them as a seed says, and strikes the ground; then lets them finish
/// and judges by what is in the handlers' database.
/// </summary>
internal sealed class StormRun(int seed, int processes, IStormGround ground) : IAsyncDisposable
{
    // Without anything being handled; a busy machine may need long for all of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryDirectory _directory = new();
    private readonly Random _random = new(seed);
    private readonly List<StormProcess> _running = [];
    private int _started;

    public StormTally Tally { get; } = new();

    private string Effects => _directory.Combine("effects.db");

    public async Task<StormVerdict> RunAsync(int kills)
    {
        EffectStore.Create(Effects);
        while (_running.Count < processes)
        {
            _running.Add(await StartAsync());
        }

        while (Tally.Kills < kills)
        {
            await Task.Delay(_random.Next(50, 400));
            await StrikeAsync();
        }

        while (!ground.IsStruckEnough(Tally))
        {
            await ground.StrikeAsync(_random, Tally);
        }

        foreach (var process in _running)
        {
            await process.QuietAsync();
        }

        return await WaitForAllAsync();
    }

    public string Report(StormVerdict verdict, TimeSpan took)
    {
        (string Name, object Value)[] columns =
        [
            ("events on", ground.Provider), ("seed", seed), ("processes", processes), ("kills", Tally.Kills), ("pauses", Tally.Pauses),
            ("besides", string.Join(", ", Tally.Strikes.OrderBy(strike => strike.Key).Select(strike => $"{strike.Value} {strike.Key}"))),
            ("acknowledged", verdict.Acknowledged),
            ("handled", verdict.Handled), ("lost", verdict.Lost), ("order violations", verdict.OrderViolations),
            ("doubled effects", verdict.Doubled), ("seconds", (int)took.TotalSeconds),
        ];
        return $"""
            | {string.Join(" | ", columns.Select(column => column.Name))} |
            |{string.Concat(columns.Select(_ => "---|"))}
            | {string.Join(" | ", columns.Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Value}")))} |
            """;
    }

    /// <summary>What the processes wrote last.</summary>
    public IEnumerable<string> Outputs => _running.Select(process => process.Output);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running)
        {
            await process.DisposeAsync();
        }

        _directory.Dispose();
    }

    private async Task<StormProcess> StartAsync() =>
        await StormProcess.StartAsync(ground, Effects, $"p{Interlocked.Increment(ref _started)}", Tally);

    private async Task StrikeAsync()
    {
        switch (_random.Next(10))
        {
            case < 6:
                var count = _random.Next(1, _running.Count + 1);
                await Task.WhenAll(Enumerable.Range(0, _running.Count).OrderBy(_ => _random.Next()).Take(count).ToList()
                    .Select(ReplaceAsync));
                break;
            case < 8:
                await PauseAsync(_running[_random.Next(_running.Count)]);
                break;
            default:
                await ground.StrikeAsync(_random, Tally);
                break;
        }
    }

    private async Task ReplaceAsync(int index)
    {
        await using var victim = _running[index];
        await victim.KillAsync();
        Tally.CountKill();
        _running[index] = await StartAsync();
    }

    // Sometimes for longer than the lease.
    private async Task PauseAsync(StormProcess process)
    {
        process.Suspend();
        await Task.Delay(_random.Next(50, 3_500));
        process.Resume();
        Tally.Pauses++;
    }

    private async Task<StormVerdict> WaitForAllAsync()
    {
        var (last, since) = (-1, Stopwatch.GetTimestamp());
        while (true)
        {
            var verdict = StormVerdict.Of(Tally, EffectStore.Read(Effects));
            if (verdict.Handled != last)
            {
                (last, since) = (verdict.Handled, Stopwatch.GetTimestamp());
            }

            if (verdict.Lost == 0 || Stopwatch.GetElapsedTime(since) > Patience)
            {
                return verdict;
            }

            await Task.Delay(250);
        }
    }
}
