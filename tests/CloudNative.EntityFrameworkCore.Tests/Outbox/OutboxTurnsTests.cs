using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.EntityFrameworkCore.Tests.Outbox;

public sealed class OutboxTurnsTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ContextHosts _hosts = new(new SqliteDatabase());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Fact]
    public async Task Drain_OwnerDied_IsTakenOverWhenItsBeatStoodStill()
    {
        var store = await EnqueueAsync();
        await _hosts.ExecuteAsync("UPDATE cloudnative_outbox_turn SET owner = 'dead', beat = 41", Token);
        var began = _time.GetTimestamp();
        var moved = store.DrainAsync((_, _) => new([]), Token).AsTask();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!moved.IsCompleted)
        {
            Assert.False(patience.IsCancellationRequested, "It was not taken over.");
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await store.GetBacklogAsync(Token);
        }

        Assert.Equal(1, await moved);
        Assert.True(_time.GetElapsedTime(began) >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Drain_OwnerWorksOn_IsNotTakenOver()
    {
        var store = await EnqueueAsync();
        await _hosts.ExecuteAsync("UPDATE cloudnative_outbox_turn SET owner = 'busy'", Token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var moved = store.DrainAsync((_, _) => new([]), over.Token).AsTask();
        for (var second = 0; second < 20; second++)
        {
            await _hosts.ExecuteAsync("UPDATE cloudnative_outbox_turn SET beat = beat + 1", Token);
            var before = store.GetBacklogAsync(Token);
            _time.Advance(TimeSpan.FromSeconds(1));
            await before;
        }

        Assert.False(moved.IsCompleted);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => moved);
    }

    private async Task<IOutboxStore> EnqueueAsync()
    {
        var store = _hosts.Add(_time).GetRequiredService<IOutboxStore>();
        await using var connection = await _hosts.ConnectAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var outgoing = new OutgoingEvent("orders", new EventEnvelope { Id = "1", Source = "/s", Type = "t" });
        await store.EnqueueAsync(transaction, outgoing, Token);
        await transaction.CommitAsync(Token);
        return store;
    }
}
