using CloudNative.Sdk.Management;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Sdk.Tests.Management;

public sealed class BulkReplayTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeDeadLetters _letters = new();

    [Fact]
    public async Task Run_PerSecond_SendsNoMoreThanThatAndStopsWhenItIsEnded()
    {
        for (var id = 1; id <= 10; id++)
        {
            _letters.Add(id, "{}"u8.ToArray());
        }

        using var ended = new CancellationTokenSource();
        var replay = new BulkReplay(_letters, _time);
        var running = replay.RunAsync(new DeadLetterFilter { PerSecond = 2 }, ended.Token);
        Assert.Equal([1], _letters.Replayed);
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal([1], _letters.Replayed);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([1, 2], _letters.Replayed);

        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(2, replay.Count);
        Assert.Equal(8, _letters.Count);
    }
}
