using System.Globalization;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;

namespace CloudNative.FaultTests.Storm;

/// <summary>A process of the storm, and what it said was acknowledged.</summary>
internal sealed class StormProcess : IAsyncDisposable
{
    private const int LongestWord = 120;

    private readonly ChildProcess _process;
    private readonly StormTally _tally;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private StormProcess(ChildProcess process, StormTally tally)
    {
        _process = process;
        _tally = tally;
        _reading = ReadAsync();
    }

    public static async Task<StormProcess> StartAsync(IStormGround ground, string effects, string name, StormTally tally)
    {
        var process = ChildProcess.Start(ChildProcessOptions.ForAssembly(
            AgentProgram.Path, "storm", ground.Provider, ground.Place, effects, name));
        try
        {
            await process.WaitForLineAsync(line => line == "ready");
            return new StormProcess(process, tally);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <c>kill -9</c> does; what it had said is read to the end.</summary>
    public async Task KillAsync()
    {
        await _process.KillAsync();
        await _reading;
    }

    public void Suspend() => _process.Suspend();

    public void Resume() => _process.Resume();

    /// <summary>It publishes no more, and goes on handling.</summary>
    public async Task QuietAsync()
    {
        await _process.WriteLineAsync("quiet");
        await (await Task.WhenAny(_quiet.Task, _reading)).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(_quiet.Task.IsCompleted, $"The process ended:\n{_process.Output}");
    }

    public string Output => _process.Output;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _stopping.CancelAsync();
        await _reading;
        _stopping.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var line = await _process.ReadLineAsync(_stopping.Token);
                var parts = line.Split(' ');
                switch (parts[0])
                {
                    case "ack":
                        _tally.Acknowledged[parts[1]] = long.Parse(parts[2], CultureInfo.InvariantCulture);
                        break;
                    case "quiet":
                        _quiet.TrySetResult();
                        break;
                    default:
                        _tally.Words.AddOrUpdate(line[..Math.Min(line.Length, LongestWord)], 1, (_, count) => count + 1);
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException)
        {
        }
    }
}
